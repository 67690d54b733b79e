"""Pure functions on str: paragraphs and sentences, graphemes, folding, anchors, wrapping, inert drawing."""
