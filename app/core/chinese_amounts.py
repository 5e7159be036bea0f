"""Amounts in Chinese capitals, as contracts, quotes and receipts have them: 壹万贰仟叁佰元整."""

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("仟", "佰", "拾", "")
_LARGEST = 10**18


def in_capitals(fen: int) -> str:
    """An amount of yuan, told in fen, in capitals.

    Zeros between digits are told once, however many; 元 is followed by 整 unless there are 分; what is less
    than a yuan begins with its 角 or 分.

    :raises ValueError: for amounts that have no name (10¹⁸ fen and more)
    """
    if abs(fen) >= _LARGEST:
        raise ValueError(fen)
    if fen < 0:
        return "负" + in_capitals(-fen)
    yuan, rest = divmod(fen, 100)
    return _yuan(yuan, alone=rest == 0) + _rest(*divmod(rest, 10), after_yuan=yuan > 0)


def _yuan(yuan: int, *, alone: bool) -> str:
    if yuan == 0:
        return "零元整" if alone else ""
    return _whole(yuan) + ("元整" if alone else "元")


def _rest(jiao: int, fen: int, *, after_yuan: bool) -> str:
    if jiao:
        return f"{DIGITS[jiao]}角" + (f"{DIGITS[fen]}分" if fen else "整")
    if fen:
        return ("零" if after_yuan else "") + f"{DIGITS[fen]}分"
    return ""


def _whole(number: int) -> str:
    """A number above zero; a zero is told where the digits below 亿 or 万 begin with one."""
    for size, unit in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, low = divmod(number, size)
            zero = "零" if 0 < low < size // 10 else ""
            return _whole(high) + unit + zero + (_whole(low) if low else "")
    return _four(number)


def _four(number: int) -> str:
    said, pending = "", False
    for place, digit in zip(_PLACES, f"{number:04}", strict=True):
        if digit == "0":
            pending = bool(said)
            continue
        said += ("零" if pending else "") + DIGITS[int(digit)] + place
        pending = False
    return said
