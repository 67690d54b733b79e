"""Words that hold sentences together and say nothing of what they are about.

Rarity tells them apart only where there are many sentences; among a hundred, "also" can be as rare as a
name. The list is short on purpose: the closed classes of English (articles, pronouns, prepositions,
conjunctions, auxiliaries), the verbs and adverbs of reporting, and the commonest closed-class words of
French, German and Spanish, which stand in cookie notices and quotations. All folded as `tokens.fold` does.
"""

from __future__ import annotations

_ENGLISH = """
a about above according across addition additionally after again against ago all almost along already also
although always am among an and another any anybody anyone anything are arent around as at away back be
became because become becomes becoming been before behind being below between both but by came can cannot
cant come comes could couldnt despite did didnt do does doesnt doing done dont down due during each either
else enough etc even ever every everyone everything few for from further furthermore get gets give given go
goes going gone got had hadnt has hasnt have havent having he hence her here hers herself him himself his
how however i if im in indeed instead into is isnt it its itself ive just keep least less let like make
makes making many may maybe me might more moreover most much must my myself near nearly neither never
nevertheless next no nobody none nor not nothing now of off often on once one only onto or other others
otherwise our ours ourselves out over own per perhaps put quite rather really reportedly s said same say
saying says see seem seemed seems several shall she should shouldnt since so some somebody someone something
sometimes soon still such take taken takes taking than that thats the their theirs them themselves then
there thereby therefore theres these they theyre thing this those though through throughout thus till to
together told too took toward towards under unless until up upon use used using various very via was wasnt
way ways we well went were werent weve what whatever when where whereas whether which while who whoever
whole whom whose why will with within without wont would wouldnt yet you your youre yours yourself
"""
_FRENCH = """
au aux avec ce ces cette dans de des du elle elles en et eux il ils je la le les leur leurs lui mais meme
mes mon ne nos notre nous ont ou par qu que quelques qui sa se ses sont sous ta te tes toi une vos votre
vous
"""
_GERMAN = """
aber als auch auf aus bei bis das dass dem den denn der doch du ein eine einem einen einer eines er es ich
ihr im ist ja nach nicht noch nur oder sein seine sich sie sind uber um und uns vom von vor wenn wie wir zu
zum zur
"""
_SPANISH = """
al como con cual cuando de del donde el ella ellos en entre es esa ese eso esta este esto ha la las lo los
mas muy nos o para pero por porque que se sobre su sus tambien una uno unos y ya
"""

FUNCTION_WORDS = frozenset(f"{_ENGLISH} {_FRENCH} {_GERMAN} {_SPANISH}".split())
