"""Other ways to write a word that no typo explains: British and American English, months, numbers, decades.

Nothing here knows which words exist. Rules and tables propose; most proposals are words of no text, and the
index passes those over. So a rule may be rough where what it makes of other words ("factoury") harms nothing.
"""

from __future__ import annotations

import re

_RULES = [
    (re.compile(before + ending + after), other)
    for before, british, american, after in (
        (r"(?<=[a-z]{2})", "our", "or", ""),  # colour
        ("", "is", "iz", r"(?=e[drs]*$|ing|ation|able)"),  # organise
        ("", "ys", "yz", r"(?=e[drs]*$|ing)"),  # analyse
        (r"(?<=[^aeiou])", "re", "er", r"(?=s?$)"),  # centre
        (r"(?<=en)", "c", "s", r"(?=e[sd]?$|eless$)"),  # defence, licence
        (r"(?<=[a-z]{2}[aeiou])", "ll", "l", r"(?=(?:ed|ings?|[eo]rs?|ery|ist|ous)$)"),  # travelled
        (r"(?<=d)", "gem", "gm", r"(?=ent)"),  # judgement
        ("", "ogue", "og", r"(?=s?$)"),  # dialogue
        ("", "amme", "am", r"(?=s?$)"),  # programme
    )
    for ending, other in ((british, american), (american, british))
]
# The same by the part of the word that tells them apart.
_STEM_PAIRS = """
storeys/stories storey/story grey/gray tyre/tire plough/plow cheque/check aluminium/aluminum sulph/sulf
mould/mold moult/molt kerb/curb ageing/aging sceptic/skeptic artefact/artifact jewellery/jewelry
moustache/mustache pyjama/pajama cosy/cozy draught/draft gaol/jail whisky/whiskey yoghurt/yogurt
speciality/specialty sizeable/sizable likeable/likable carcase/carcass omelette/omelet cypher/cipher
racquet/racket disc/disk maths/math enquir/inquir despatch/dispatch centred/centered centring/centering
enrol/enroll fulfil/fulfill instal/install distil/distill skilful/skillful wilful/willful practis/practic
learnt/learned burnt/burned dreamt/dreamed spelt/spelled spoilt/spoiled leapt/leaped
paed/ped haem/hem aesth/esth anaem/anem aemia/emia archaeo/archeo palaeo/paleo mediaev/mediev gynaec/gynec
foet/fet oestr/estr oesoph/esoph rrhoea/rrhea oeuv/euv homoeo/homeo amoeb/ameb oedema/edema
"""
_STEMS = [tuple(pair.split("/")) for pair in _STEM_PAIRS.split()]

_SAME_MEANING = [
    set(words.split())
    for words in (
        "jan january", "feb february", "mar march", "apr april", "jun june", "jul july", "aug august",
        "sep sept september", "oct october", "nov november", "dec december",
        "1 one", "2 two", "3 three", "4 four", "5 five", "6 six", "7 seven", "8 eight", "9 nine", "10 ten",
        "11 eleven", "12 twelve", "1st first", "2nd second", "3rd third", "4th fourth", "5th fifth",
        "6th sixth", "7th seventh", "8th eighth", "9th ninth", "10th tenth",
        "us usa", "percent percentage",
    )
]  # fmt: skip
_BY_WORD = {word: words - {word} for words in _SAME_MEANING for word in words}
_DECADE = re.compile(r"(?:19|20)?([0-9]0s)")
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)")


def spellings(word: str) -> set[str]:
    """What a folded `word` may be on the other side of the Atlantic, without itself."""
    forms = {word}
    for pattern, other in _RULES:
        forms |= {pattern.sub(other, form) for form in forms}
    for british, american in _STEMS:
        if british in word or american in word:
            forms |= {form.replace(british, american) for form in forms}
            forms |= {form.replace(american, british) for form in forms}
    return forms - {word}


def synonyms(word: str) -> set[str]:
    """Other ways to say a folded `word` in figures, in short or in full: ``5`` five, ``sept`` september."""
    found = set(_BY_WORD.get(word, ()))
    if decade := _DECADE.fullmatch(word):
        found |= {century + decade[1] for century in ("", "19", "20")}
    if ordinal := _ORDINAL.fullmatch(word):
        found.add(ordinal[1])
    elif word.isdecimal() and len(word) <= 2:
        found.add(word + _ending(int(word)))
    return found - {word}


def _ending(number: int) -> str:
    return "th" if number in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
