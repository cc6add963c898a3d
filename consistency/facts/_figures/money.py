"""Currencies by sign, code and name."""

from __future__ import annotations

from typing import Final, NamedTuple

from consistency.facts._tokens import Token, at, joined, words


class Money(NamedTuple):
    """A currency beside a figure: its code, the worth of the coin in it, and the token that ends or begins it."""

    code: str
    factor: float
    edge: int


SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "₽": "RUB", "₩": "KRW", "₪": "ILS",
                "₺": "TRY", "₴": "UAH", "฿": "THB", "₦": "NGN", "₱": "PHP", "₫": "VND", "₸": "KZT"}  # fmt: skip
_PREFIXES: Final = {
    "$": {"us": "USD", "a": "AUD", "au": "AUD", "c": "CAD", "ca": "CAD", "nz": "NZD", "hk": "HKD", "s": "SGD",
          "r": "BRL", "nt": "TWD", "mx": "MXN"},
    "£": {"e": "EGP"},
}  # fmt: skip
"""Letters right before a sign."""
_CODES: Final = {code.lower(): code for code in words(
    "USD EUR GBP JPY CNY INR RUB CHF CAD AUD NZD HKD SGD TWD PLN CZK HUF RON SEK NOK DKK ISK UAH TRY ZAR BRL MXN",
    "KRW ILS AED THB NGN KES EGP BGN RSD SAR QAR PKR IDR MYR VND KZT ARS CLP",
)} | {"rmb": "CNY", "nis": "ILS", "tl": "TRY", "le": "EGP"}  # fmt: skip
"""Read as codes in capitals only: most are words too."""
_SHORT: Final = {"Rs": "INR", "Kč": "CZK", "kč": "CZK", "Ft": "HUF", "zł": "PLN", "kr": "krona", "Kr": "krona",
                 "KSh": "KES", "Ksh": "KES", "Sh": "shilling", "Dh": "AED", "Dhs": "AED"}  # fmt: skip
_BOTH_SIDES: Final = frozenset({"Kč", "kč", "zł", "kr", "Dhs"})
"""Short forms that stand behind the figure, too."""
_NAMES: Final = {
    **dict.fromkeys(words("dollar dollars buck bucks"), "USD"),
    **dict.fromkeys(words("euro euros"), "EUR"),
    "yen": "JPY",
    "sterling": "GBP",
    **dict.fromkeys(words("yuan yuans renminbi"), "CNY"),
    **dict.fromkeys(words("rouble roubles ruble rubles"), "RUB"),
    **dict.fromkeys(words("rupee rupees"), "INR"),
    **dict.fromkeys(words("hryvnia hryvnias hryvnya hryvnyas"), "UAH"),
    **dict.fromkeys(words("franc francs"), "CHF"),
    **dict.fromkeys(words("shekel shekels sheqel sheqels"), "ILS"),
    **dict.fromkeys(words("zloty zlotys zloties złoty złotych"), "PLN"),
    **dict.fromkeys(words("koruna korunas koruny"), "CZK"),
    **dict.fromkeys(words("forint forints"), "HUF"),
    **dict.fromkeys(words("leu lei"), "RON"),
    **dict.fromkeys(words("krona kronas kronor krone krones kroner kronur"), "krona"),
    **dict.fromkeys(words("lira liras lire"), "TRY"),
    **dict.fromkeys(words("rand rands"), "ZAR"),
    **dict.fromkeys(words("reais reals"), "BRL"),
    **dict.fromkeys(words("peso pesos"), "peso"),
    **dict.fromkeys(words("dirham dirhams"), "AED"),
    **dict.fromkeys(words("baht bahts"), "THB"),
    **dict.fromkeys(words("naira nairas"), "NGN"),
    **dict.fromkeys(words("shilling shillings"), "shilling"),
    **dict.fromkeys(words("dinar dinars"), "dinar"),
    **dict.fromkeys(words("rial rials riyal riyals"), "rial"),
    **dict.fromkeys(words("ringgit ringgits"), "MYR"),
    **dict.fromkeys(words("rupiah rupiahs"), "IDR"),
}
_NATIONS: Final = {
    ("dollar", "dollars"): "us:USD u.s.:USD american:USD australian:AUD canadian:CAD singapore:SGD taiwan:TWD "
    "new_zealand:NZD hong_kong:HKD",
    ("pound", "pounds"): "egyptian:EGP british:GBP lebanese:LBP syrian:SYP sudanese:SDG",
    ("krona", "kronas", "kronor", "krone", "krones", "kroner", "crown", "crowns"): "swedish:SEK norwegian:NOK "
    "danish:DKK icelandic:ISK czech:CZK",
    ("koruna", "korunas"): "czech:CZK",
    ("lira", "liras"): "turkish:TRY syrian:SYP lebanese:LBP",
    ("real", "reals", "reais"): "brazilian:BRL",
    ("peso", "pesos"): "mexican:MXN argentine:ARS chilean:CLP colombian:COP philippine:PHP",
    ("won",): "korean:KRW south_korean:KRW",
    ("rand", "rands"): "african:ZAR south_african:ZAR",
    ("shilling", "shillings"): "kenyan:KES ugandan:UGX tanzanian:TZS somali:SOS",
    ("franc", "francs"): "swiss:CHF cfa:XOF",
    ("rupee", "rupees"): "indian:INR pakistani:PKR nepalese:NPR",
    ("dirham", "dirhams"): "uae:AED emirati:AED moroccan:MAD",
    ("dinar", "dinars"): "kuwaiti:KWD iraqi:IQD jordanian:JOD serbian:RSD",
    ("rial", "rials", "riyal", "riyals"): "iranian:IRR saudi:SAR qatari:QAR omani:OMR",
    ("hryvnia", "hryvnias"): "ukrainian:UAH",
    ("leu", "lei"): "romanian:RON moldovan:MDL",
    ("shekel", "shekels"): "israeli:ILS",
    ("forint", "forints"): "hungarian:HUF",
    ("zloty", "zlotys"): "polish:PLN",
}
_NATIONAL: Final = {
    (nation, name): code
    for names, row in _NATIONS.items()
    for nation, code in (cell.split(":") for cell in row.split())
    for name in names
}
"""By nation and name: "Swedish kronor"."""
_MAY_BE: Final = {
    "USD": words("AUD CAD NZD HKD SGD TWD"),
    "GBP": words("EGP LBP SYP SDG"),
    "krona": words("SEK NOK DKK ISK CZK"),
    "peso": words("MXN ARS CLP COP PHP"),
    "shilling": words("KES UGX TZS SOS"),
    "INR": words("PKR NPR"),
    "TRY": words("SYP LBP"),
    "CHF": words("XOF"),
    "AED": words("MAD"),
    "RON": words("MDL"),
    "dinar": words("KWD IQD JOD RSD"),
    "rial": words("IRR SAR QAR OMR"),
}
"""What a name or sign means that stands alone, or else: a bare dollar may be of any country that has one."""
CURRENCIES: Final = frozenset(
    {
        *SIGNS.values(),
        *_CODES.values(),
        *_SHORT.values(),
        *_NAMES.values(),
        *_NATIONAL.values(),
        *(code for codes in _PREFIXES.values() for code in codes.values()),
    }
)
COINS: Final = {"cent": "USD", "cents": "USD", "penny": "GBP", "pennies": "GBP", "pence": "GBP"}
_BEHIND: Final = frozenset({"£", "€"})
_SUM_SCALES: Final = words("thousand million billion trillion bn m mio mrd")
_WON_SCALES: Final = words("thousand million billion trillion bn")


def alike(one: str, other: str) -> bool:
    """Whether two codes may be one currency, as one text names the country and the other does not."""
    return one == other or other in _MAY_BE.get(one, ()) or one in _MAY_BE.get(other, ())


def before(tokens: tuple[Token, ...], index: int) -> Money | None:
    """The sign or code that stands right before token `index`; `edge` is its first token."""
    sign = at(tokens, index - 1)
    if sign.text in SIGNS:
        letters = at(tokens, index - 2).fold.rstrip(".") if joined(tokens, index - 1) else ""
        code = _PREFIXES.get(sign.text, {}).get(letters)
        return Money(code, 1, index - 2) if code else Money(SIGNS[sign.text], 1, index - 1)
    if sign.text == "R" and joined(tokens, index):
        return Money("ZAR", 1, index - 1)
    code = _SHORT.get(sign.text) or (_CODES.get(sign.fold) if sign.text.isupper() else None)
    return Money(code, 1, index - 1) if code else None


def after(tokens: tuple[Token, ...], index: int) -> Money | None:
    """The name, coin or code at token `index`; `edge` is the token behind it."""
    token, follow = at(tokens, index), at(tokens, index + 1).fold
    if token.fold in COINS:
        return Money(COINS[token.fold], 0.01, index + 1)
    if code := _NATIONAL.get((token.fold, follow)):
        return Money(code, 1, index + 2)
    if code := _NATIONAL.get((f"{token.fold}_{follow}", at(tokens, index + 2).fold)):
        return Money(code, 1, index + 3)
    code = _alone(token, at(tokens, index - 1))
    return Money(code, 1, index + 1) if code else None


def _alone(token: Token, earlier: Token) -> str | None:
    """The currency of one word behind the word `earlier`."""
    if token.text in _BOTH_SIDES:
        return _SHORT[token.text]
    if token.text in _BEHIND and (earlier.is_digits or earlier.fold in _SUM_SCALES):
        return SIGNS[token.text]
    if len(token.text) == 3 and token.text.isupper() and token.fold in _CODES:
        return _CODES[token.fold]
    # "The 12 won": only a sum of the size that is paid in won is one.
    if token.fold == "won" and (earlier.fold in _WON_SCALES or (earlier.is_digits and "," in earlier.text)):
        return "KRW"
    return _NAMES.get(token.fold)
