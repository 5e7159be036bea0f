"""Passwords that are tried first: well-known ones, and well-known words with a little around them."""

import re

# Words that passwords are built around; what stands before and after them is stripped first.
_STEMS_TEXT = """
password passwort passw0rd passwd pass word letmein welcome login admin administrator root test guest
user master monkey dragon shadow sunshine princess football baseball basketball iloveyou loveyou lovely
trustno superman batman starwars pokemon whatever freedom hello computer internet samsung iphone android
google secret default changeme temp demo company office qwerty qwertyuiop qwertz azerty asdfgh asdfghjkl
zxcvbn zxcvbnm qazwsx qazwsxedc wsxedc qweasd qweasdzxc asdqwe abcd abcde abcdef abcdefg abcdefgh abc
abcabc aaaa woaini woaiwojia woaini1314 nihao zhangwei wangwei wangfang liwei lina zhangmin lijing liuwei
zhangli taobao tencent baidu alibaba weixin wechat zhongguo china beijing shanghai guangzhou shenzhen
hangzhou meiyou buzhidao wangyi kehu guanxi xiaoshou gongsi mima michelle jessica jennifer charlie
michael jordan daniel thomas robert andrew joshua ashley nicole hunter ranger harley summer winter spring
autumn monday friday january december cheese chocolate cookie flower purple orange banana killer soccer
hockey ninja mustang access matrix
"""
_STEMS = frozenset(_STEMS_TEXT.split())
_WHOLE_TEXT = """
123456789 1234567890 12345678 87654321 987654321 9876543210 0987654321 123123123 12341234 11223344
112233445566 147258369 147852369 159357258 159753456 789456123 741852963 1qaz2wsx 1qaz2wsx3edc 1q2w3e4r
1q2w3e4r5t q1w2e3r4 q1w2e3r4t5 zaq12wsx 1qazxsw2 a1b2c3d4 a123456789 a12345678 aa123456 a1234567 abc12345
abc123456 abcd1234 qwer1234 asdf1234 zxcv1234 1234qwer 12345qwert 123qweasd qwe123456 asd123456 5201314
520131400 52013145 5201314520 1314520520 woaini520 woaini1314 7758521 77585210 11111111 88888888 00000000
66666666 99999999 168168168 198805201 20082008 19491001 19891989 19901990 13145200 iloveyou1 trustno1
p@ssw0rd p@ssword admin123 admin1234 admin888 admin@123 root1234 test1234 user1234 guest1234 pass1234
"""
_WHOLE = frozenset(_WHOLE_TEXT.split())
_LEET = str.maketrans("@4310$57!", "aaeiossti")
_KEYBOARD = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
_DATE = 8
"""So many digits and signs around a well-known word do not hide it."""


def is_common(password: str) -> bool:
    """Whether it would be guessed first."""
    folded = password.lower()
    if folded in _WHOLE or len(set(folded)) < 4 or _is_run(folded):
        return True
    core = re.sub(r"^[^a-z@$!]+|[^a-z]+$", "", folded)
    around = len(folded) - len(core)
    return around <= _DATE and (core in _STEMS or core.translate(_LEET) in _STEMS)


def _is_run(text: str) -> bool:
    """One key after the other, forwards or backwards, or the same few again and again."""
    rows = [*_KEYBOARD, *(row[::-1] for row in _KEYBOARD)]
    if any(text in row + row for row in rows):
        return True
    return any(text == (text[:n] * len(text))[: len(text)] for n in range(1, len(text) // 2 + 1))
