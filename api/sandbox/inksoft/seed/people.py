"""Shoppers: ordinary ones by the thousand, and names from many scripts for those who test with care."""

from random import Random

from api.sandbox.inksoft.world.person import Address, Person

FIRST = (
    "Dana",
    "Maria",
    "James",
    "Priya",
    "Liam",
    "Sofia",
    "Noah",
    "Aisha",
    "Ethan",
    "Grace",
    "Mateo",
    "Olivia",
    "Kenji",
    "Hannah",
    "Omar",
    "Chloe",
    "Lucas",
    "Fatima",
    "Daniel",
    "Ingrid",
    "Marcus",
    "Elena",
    "Tyler",
    "Rosa",
    "Samuel",
    "Wren",
    "Andre",
    "Mei",
    "Patrick",
    "Nadia",
    "Victor",
    "June",
    "Isaac",
    "Leila",
    "Peter",
    "Carmen",
)
LAST = (
    "Reyes",
    "Okafor",
    "Lindqvist",
    "Patel",
    "Nguyen",
    "Haddad",
    "Brooks",
    "Kowalski",
    "Tanaka",
    "Novak",
    "Delgado",
    "Foster",
    "Murphy",
    "Schultz",
    "Ibrahim",
    "Larsen",
    "Castillo",
    "Bennett",
    "Moreau",
    "Sato",
    "Whitfield",
    "Adeyemi",
    "Romero",
    "Fischer",
    "Kaur",
    "Sullivan",
    "Petrov",
    "Hughes",
    "Mbeki",
    "Ortiz",
)
STREETS = (
    "Mill Rd",
    "Lake St",
    "Harbor Ave",
    "Juniper Way",
    "5th St N",
    "Old Ferry Ln",
    "Orchard Dr",
    "Union Blvd",
)
PLACES = (
    ("Boise", "ID", "83702"),
    ("Duluth", "MN", "55802"),
    ("Dayton", "OH", "45402"),
    ("Tacoma", "WA", "98402"),
    ("Macon", "GA", "31201"),
    ("Albany", "NY", "12207"),
    ("Lubbock", "TX", "79401"),
    ("Eugene", "OR", "97401"),
)
CANADIAN_PLACES = (("Guelph", "ON", "N1H 3A1"), ("Kelowna", "BC", "V1Y 1J4"), ("Moncton", "NB", "E1C 1B2"))

# Names as people write them: scripts, directions, combining marks, lengths, and texts that break careless code.
NAMES_IN_MANY_SCRIPTS = (
    "O'NEILL", "MÜLLER-ŁUKASZ", "Çağlar", "Þórunn", "Nguyễn", "Αλεξάνδρα", "Дмитрий", "Їжакевич", "Անահիտ", "ქეთევან",
    "עֲמִיחַי", "عبد الله", "فریده", "अनन्या", "ਹਰਪ੍ਰੀਤ",
    "তাহমিদ", "தமிழ்", "తెలుగు", "ಕನ್ನಡ", "മലയാളം", "සිංහල", "ไพลิน",
    "ລາວ", "မြန်မာ", "ភាសា",
    "ཏཤི", "አበበ", "王小明", "さくら", "タロウ", "김민준", "𠮷野", "ZOË", "Zoe\u0308", "👩🏽‍🚀 ACE", "D\u2019ANGELO",
    "null", "NaN",
    "Robert'); DROP TABLE jerseys;--", "<b>BOLD</b>", "=1+1", "A" * 60, "\u202eRTL\u202c", "de la Cruz y Ortega",
)  # fmt: skip


def make_person(random: Random, number: int, shop: str) -> Person:
    """An ordinary shopper with an e-mail of their own; no two shops share a shopper."""
    first, last = random.choice(FIRST), random.choice(LAST)
    phone = f"555-01{random.randrange(100):02d}"
    return Person(first, last, f"{first}.{last}{number}@{shop}-shopper.example".lower(), phone)


def make_address(random: Random, country: str = "US") -> Address:
    """Somewhere in that country (US or CA)."""
    city, region, post_code = random.choice(CANADIAN_PLACES if country == "CA" else PLACES)
    street = f"{random.randrange(1, 999)} {random.choice(STREETS)}"
    return Address(street, city, region, post_code, country)
