#!/usr/bin/env python3
"""Makes pairs.tsv, the British and American spellings of one word, from SCOWL's lists. Run again only to change what it holds.

    python3 make.py --scowl DIR      (the folder of SCOWL's lists; Debian package `scowl`)

A word of the American lists that the British ones lack, and the British word that spells it otherwise: found by undoing the regular
differences (-our, -re, -ise, doubled l, ae, oe …). README.md says what the columns mean.
"""
import argparse
import pathlib
import re

HERE = pathlib.Path(__file__).resolve().parent
TOP = 60

# British to American, tried one after the other and in twos.
CHANGES = [
    ("our", "or"), ("tre", "ter"), ("bre", "ber"), ("vre", "ver"), ("chre", "cher"), ("cre", "cer"), ("tring", "tering"), ("tred", "tered"),
    ("bred", "bered"), ("ise", "ize"), ("isa", "iza"), ("isi", "izi"), ("yse", "yze"), ("ysi", "yzi"), ("ysa", "yza"), ("lled", "led"),
    ("lling", "ling"), ("ller", "ler"), ("llous", "lous"), ("llist", "list"), ("llery", "lery"), ("lly", "ly"), ("lment", "llment"),
    ("llis", "lis"), ("lliz", "liz"), ("ll", "l"), ("l", "ll"), ("ence", "ense"), ("ences", "enses"), ("eless", "less"), ("ae", "e"), ("oe", "e"), ("ogue", "og"),
    ("ogu", "og"), ("gramme", "gram"), ("mm", "m"), ("pp", "p"), ("tt", "t"), ("ss", "s"), ("gg", "g"), ("dge", "dg"), ("eable", "able"), ("eing", "ing"), ("que", "ck"), ("ques", "cks"),
    ("ph", "f"), ("ough", "ow"), ("ould", "old"), ("oult", "olt"), ("sc", "sk"), ("grey", "gray"), ("y", "i"), ("i", "y"), ("ium", "um"), ("aero", "air"),
    ("yj", "aj"), ("llery", "lry"), ("ellery", "elry"), ("ey", "y"), ("e", ""), ("sh", "s"), ("xion", "ction"), ("c", "k"), ("isei", "izi"),
    ("tyre", "tire"), ("k", "c"), ("st", "s"), ("en", "in"), ("ou", "o"), ("t", "ed"), ("x", "ks"), ("ache", "ash"), ("ai", "i"), ("on", "o"), ("ce", "se"), ("cea", "sea"), ("a", "e"), ("hi", "hy"),
]

# Pairs whose American spelling is a word in Britain too, so that only the British one shows where a writer is from.
BRITISH_ONLY = """
programme program
programmes programs
cheque check
cheques checks
kerb curb
kerbs curbs
kerbside curbside
tyre tire
tyres tires
storey story
storeys stories
draught draft
draughts drafts
draughty drafty
metre meter
metres meters
licence license
licences licenses
practise practice
practised practiced
practises practices
practising practicing
gaol jail
gaols jails
sceptical skeptical
sceptic skeptic
sceptics skeptics
scepticism skepticism
"""

# Pairs that the changes do not find: both are marks.
MORE = """
sceptical skeptical
sceptic skeptic
sceptics skeptics
scepticism skepticism
sceptically skeptically
plough plow
ploughs plows
ploughed plowed
ploughing plowing
meagre meager
fibre fiber
fibres fibers
fibreglass fiberglass
manoeuvre maneuver
manoeuvres maneuvers
manoeuvred maneuvered
manoeuvring maneuvering
manoeuvrable maneuverable
manoeuvrability maneuverability
outmanoeuvre outmaneuver
outmanoeuvred outmaneuvered
draughtsman draftsman
draughtsmen draftsmen
behove behoove
behoves behooves
chequered checkered
moustached mustached
pyjamas pajamas
pyjama pajama
cosily cozily
defence defense
defences defenses
defenceless defenseless
offence offense
offences offenses
pretence pretense
pretences pretenses
analyse analyze
analysed analyzed
analysing analyzing
paralyse paralyze
paralysed paralyzed
paralysing paralyzing
catalyse catalyze
catalysed catalyzed
"""

# Usage leans one way on either side of the Atlantic and no more: never a mark by itself.
WEAK = """
towards toward
afterwards afterward
backwards backward
forwards forward
upwards upward
downwards downward
onwards onward
amongst among
whilst while
amidst amid
learnt learned
burnt burned
dreamt dreamed
spelt spelled
spoilt spoiled
leapt leaped
leant leaned
enquiry inquiry
enquiries inquiries
enquire inquire
enquired inquired
grey gray
greys grays
greying graying
greyed grayed
axe ax
adviser advisor
advisers advisors
acknowledgement acknowledgment
acknowledgements acknowledgments
judgement judgment
judgements judgments
judgemental judgmental
ageing aging
artefact artifact
artefacts artifacts
likeable likable
sizeable sizable
unmistakeable unmistakable
saleable salable
moustache mustache
moustaches mustaches
ambience ambiance
omelette omelet
omelettes omelets
glamour glamor
jewellery jewelry
per cent percent
focussed focused
focussing focusing
encyclopaedia encyclopedia
encyclopaedias encyclopedias
mediaeval medieval
foetus fetus
foetuses fetuses
foetal fetal
archaeology archeology
archaeological archeological
archaeologist archeologist
archaeologists archeologists
aesthetic esthetic
aesthetics esthetics
aesthetically esthetically
dialogue dialog
dialogues dialogs
catalogue catalog
catalogues catalogs
catalogued cataloged
cataloguing cataloging
monologue monolog
monologues monologs
disc disk
discs disks
dissension dissention
connexion connection
reflexion reflection
cosy cozy
cosier cozier
greyer grayer
greyish grayish
chilli chili
chillies chilies
phoney phony
furore furor
tranquillity tranquility
worshipped worshiped
worshipper worshiper
worshippers worshipers
worshipping worshiping
liveable livable
unshakeable unshakable
titbit tidbit
titbits tidbits
medallist medalist
medallists medalists
panellist panelist
panellists panelists
orthopaedic orthopedic
orthopaedics orthopedics
sulphur sulfur
sulphate sulfate
sulphates sulfates
sulphide sulfide
sulphides sulfides
aeroplane airplane
aeroplanes airplanes
cancelled canceled
cancelling canceling
yoghurt yogurt
baulk balk
baulked balked
liquorice licorice
"""

# Found by the changes, and another word or no mark of either side.
NO_PAIR = set(
    """
    ok baloney cooky gage gages prized prizes prizing porer leporide lory forme moggy previze practices practicer
    moms mums analyzes agings briers brier calisthenic calisthenics cardie chaperon chaperons chocolaty dependents diked diking dryly
    ecus epaulet epaulets flier fliers flutist flutists fogy gibe gibed gibes gibing glycerin manila mantes maters niter novene organdy
    patine preterit preterits slier sliest snowshed trabecule vapory virtualization coloreds
    """.split()
)


def words(folder, dialect, top=TOP):
    out = set()
    for path in folder.glob(f"{dialect}-words.*"):
        if int(path.suffix[1:]) <= top:
            out.update(path.read_text(encoding="latin-1").split())
    return {w for w in out if re.fullmatch("[a-z]{4,}", w)}


def american_forms(word):
    once = set()
    for old, new in CHANGES:
        at = word.find(old)
        while at >= 0:
            once.add(word[:at] + new + word[at + len(old) :])
            at = word.find(old, at + 1)
    return once


def pairs_of(text):
    for line in text.split("\n"):
        if line.strip():
            british, american = line.rsplit(" ", 1)
            yield american.strip(), british.strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--scowl", type=pathlib.Path, required=True)
    folder = parser.parse_args().scowl
    british, british_z, american = (words(folder, d) for d in ("british", "british_z", "american"))
    common = words(folder, "english")
    only_american = american - british - common
    only_british = (british | british_z) - american - common

    table = {}
    hand = [*pairs_of(BRITISH_ONLY), *pairs_of(MORE), *pairs_of(WEAK)]
    taken = {b for _, b in hand} | {a for a, _ in pairs_of(WEAK)}
    for word in sorted(only_british):
        if word in taken or word in NO_PAIR:
            continue
        forms = american_forms(word)
        found = {f for f in forms if f in only_american}
        if not found:
            found = {g for f in forms for g in american_forms(f) if g in only_american}
        for form in found - NO_PAIR - taken:
            # The form with the longest common beginning, then the nearest in length, is the same word.
            def likeness(w):
                shared = next((i for i, (x, y) in enumerate(zip(w, word)) if x != y), min(len(w), len(word)))
                return (-shared, abs(len(w) - len(word)), w)
            if form != min(found, key=likeness):
                continue
            if form in british_z and word not in british_z:
                marks = "british"
            else:
                marks = "both"
            table[(form, word)] = marks
    for pair in pairs_of(BRITISH_ONLY):
        table[pair] = "british"
    for pair in pairs_of(MORE):
        table[pair] = "both"
    for pair in pairs_of(WEAK):
        table[pair] = "weak"

    lines = [f"{a}\t{b}\t{marks}\n" for (a, b), marks in sorted(table.items())]
    (HERE / "pairs.tsv").write_text("# american\tbritish\tmarks\n" + "".join(lines), encoding="utf-8")
    paired = {b for _, b in table} | taken
    print(len(lines), "pairs;", len(only_british - paired), "British words without a pair:", " ".join(sorted(only_british - paired)[:400]))
    print("American without:", " ".join(sorted(only_american - {a for a, _ in table})[:400]))


main()
