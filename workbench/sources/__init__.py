"""Where articles come from: files read into drafts, what they say of themselves, and the samples.

A draft is an article on its way into a project. Reading never changes the text; titles, names and
dates that the program finds in it are proposals, and a draft says which of its fields they are.
"""
