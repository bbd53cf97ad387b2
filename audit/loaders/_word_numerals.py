"""A list's number in the script its format names, as Word prints it (1 → 一, ①, 壹, IV …)."""

from __future__ import annotations

from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
#: No list counts further; letters and Roman numerals would grow with the number.
_MOST = 9999
_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l")),
    *((40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


def numeral(number: int, form: str) -> str:
    """A number in a format of OOXML's ST_NumberFormat; in digits where the format is unknown."""
    if form in ("none", "bullet"):
        return ""
    write = _FORMS.get(form)
    return write(number) if write is not None and 0 <= number <= _MOST else str(number)


def _counting(digits: str, units: tuple[str, str, str], *, bare_ten: bool) -> Callable[[int], str]:
    """Numbers with units (一百零一); `bare_ten` writes 十 rather than 一十."""

    def write(number: int) -> str:
        if number == 0:
            return digits[0]
        text, gap = "", False
        for size, unit in ((1000, units[2]), (100, units[1]), (10, units[0]), (1, "")):
            digit = number // size % 10
            if digit:
                text += ("零" if gap and text else "") + digits[digit] + unit
            gap = not digit
        if bare_ten and text.startswith(digits[1] + units[0]):
            return text[1:]
        return text

    return write


def _chinese(number: int) -> str:
    """chineseCounting: 一 … 十 … 九十九, then digit by digit."""
    return _thousand(number) if 0 < number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join(_DIGITS[int(d)] for d in str(number))


def _full_width(number: int) -> str:
    return "".join(chr(0xFF10 + int(d)) for d in str(number))


def _letters(number: int) -> str:
    """a … z, then aa, bb … as Word counts."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _roman(number: int) -> str:
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _row(first: str, count: int) -> Callable[[int], str]:
    """Ready-made characters in a row (①②③ …), digits beyond them."""
    return lambda n: chr(ord(first) + n - 1) if 0 < n <= count else str(n)


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda n: signs[(n - 1) % len(signs)] if n else str(n)


_thousand = _counting(_DIGITS, ("十", "百", "千"), bare_ten=True)
_legal = _counting(_LEGAL, ("拾", "佰", "仟"), bare_ten=False)

_FORMS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda n: f"{n:02d}",
    "upperRoman": lambda n: _roman(n).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerLetter": _letters,
    "numberInDash": lambda n: f"- {n} -",
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalEnclosedCircle": _row("①", 20),
    "decimalEnclosedCircleChinese": _row("①", 20),
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "ideographEnclosedCircle": _row("㊀", 10),
    "ideographTraditional": _cycle(_STEMS),
    "ideographZodiac": _cycle(_BRANCHES),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _thousand,
    "japaneseCounting": _thousand,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _thousand,
    "koreanCounting": _thousand,
    "ideographDigital": _digits,
    "taiwaneseDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "chineseLegalSimplified": _legal,
    "ideographLegalTraditional": _legal,
    "japaneseLegal": _legal,
}
