"""What a dictionary of readings does not say by itself: which second readings people really use."""

_POLYPHONES = """
行 xing hang|长 chang zhang|重 chong zhong|乐 le yue|朝 chao zhao|都 du dou|厦 xia sha|蔚 wei yu
单 dan shan|曾 zeng ceng|解 jie xie|仇 qiu chou|区 qu ou|查 cha zha|盖 gai ge|覃 qin tan|翟 zhai di
尉 wei yu|柏 bai bo|种 zhong chong|朴 pu piao|缪 miao mou|洗 xi xian|传 chuan zhuan
藏 cang zang|调 tiao diao|弹 dan tan|薄 bo bao|贾 jia gu|繁 fan po|员 yuan yun
召 zhao shao|晟 sheng cheng|茜 qian xi|参 can shen|角 jiao jue|露 lu lou|率 lv shuai
宿 su xiu|咖 ka ga|车 che ju|校 xiao jiao|降 jiang xiang|泊 bo po|澄 cheng deng
便 bian pian|番 fan pan|佛 fo fu|拓 tuo ta|折 zhe she|称 cheng chen|牟 mou mu
稽 ji qi|劲 jin jing|靓 liang jing|绿 lv lu|脉 mai mo|模 mo mu|屏 ping bing|栖 qi xi
圩 wei xu|巷 xiang hang|削 xiao xue|吁 xu yu|琢 zhuo zuo|仔 zi zai|埔 bu pu
吭 keng hang|虾 xia ha|茄 qie jia|觉 jue jiao|棱 leng ling|陆 lu liu|伽 jia qie ga
圈 quan juan|鹄 hu gu|龟 gui jun qiu|蚌 bang beng|郇 xun huan|郗 xi chi|隗 wei kui
祭 ji zhai|佴 nai er|乜 nie mie|宓 mi fu|峒 dong tong|侗 dong tong|栎 li yue|渑 mian sheng|涡 wo guo
隽 juan jun|铅 qian yan|莞 guan wan|浚 jun xun|泌 mi bi|枞 zong cong|歙 she xi|漯 luo ta|乾 qian gan
娜 na nuo|婼 ruo chuo|骠 biao piao|辟 pi bi|扁 bian pian|攒 zan cuan|颌 he ge|桧 gui hui
钥 yao yue|疟 nue yao|瀑 pu bao|阿 a e|秘 mi bi|勒 le lei|殷 yin yan|荥 xing ying
纤 xian qian
"""

_SURNAMES = """
单 shan|曾 zeng|解 xie|仇 qiu|区 ou|查 zha|盖 ge|覃 qin|翟 zhai|尉 wei|柏 bai|种 chong|朴 piao
缪 miao|冼 xian|洗 xian|薄 bo|繁 po|员 yun|秘 bi|召 shao|晟 cheng|乐 yue|任 ren|华 hua|纪 ji|卜 bu
车 che|石 shi|贾 jia|沈 shen|万 wan|俞 yu|过 guo|牟 mou|费 fei|艾 ai|折 she|祭 zhai|隗 wei|郗 xi
郇 xun|应 ying|宁 ning|葛 ge|盛 sheng|燕 yan|哈 ha|那 na|曲 qu|余 yu|佘 she|句 gou|谷 gu|瞿 qu|於 yu
宓 mi|乜 nie|逄 pang|令 ling|教 jiao|隽 juan|恽 yun|郄 qie|妫 gui|亓 qi|笪 da|阚 kan|戢 ji|麴 qu
撖 han|黑 he|么 yao|呙 guo|眭 sui|逯 lu|鲜 xian|殷 yin
"""

_COMPOUND_SURNAMES = """
单于 chan yu|尉迟 yu chi|万俟 mo qi|长孙 zhang sun|澹台 tan tai|令狐 ling hu|皇甫 huang fu
夏侯 xia hou|宰父 zai fu|谷梁 gu liang|拓跋 tuo ba|乐正 yue zheng|宗政 zong zheng|濮阳 pu yang
淳于 chun yu|太叔 tai shu|申屠 shen tu|公冶 gong ye|仲孙 zhong sun|轩辕 xuan yuan|钟离 zhong li
宇文 yu wen|司徒 si tu|司空 si kong|亓官 qi guan|子车 zi ju|颛孙 zhuan sun|端木 duan mu|巫马 wu ma
公西 gong xi|漆雕 qi diao|壤驷 rang si|公良 gong liang|夹谷 jia gu|呼延 hu yan|羊舌 yang she
微生 wei sheng|梁丘 liang qiu|左丘 zuo qiu|东郭 dong guo|南门 nan men|东方 dong fang|欧阳 ou yang
上官 shang guan|诸葛 zhu ge|闻人 wen ren|赫连 he lian|公孙 gong sun|慕容 mu rong|司马 si ma
第五 di wu
"""


def _entries(table: str) -> list[list[str]]:
    return [entry.split() for line in table.split("\n") for entry in line.split("|") if entry.strip()]


POLYPHONES: dict[str, tuple[str, ...]] = {
    character: tuple(readings) for character, *readings in _entries(_POLYPHONES) if len(readings) > 1
}
"""Characters with more than one reading in use, toneless."""

CONTEXTUAL = frozenset(POLYPHONES) | frozenset(
    "会系卡强奇亲约虹大和万提无体得地了着度读否给数差任盛省似摩没汤吐通堡杆核喝吓夹嚼谷尔匙畜幢囤脯溺仆炮刨剥臭还色什落血择扎作粘曝爪塞"
)
"""Characters whose reading may depend on the word they stand in."""

SURNAMES: dict[str, tuple[str, ...]] = {
    surname: tuple(readings) for surname, *readings in _entries(_SURNAMES + _COMPOUND_SURNAMES)
}
"""How a family name is read, where that differs from the word or could be mistaken."""

COMPOUND_SURNAMES = frozenset(entry[0] for entry in _entries(_COMPOUND_SURNAMES))
"""Family names of two characters."""

_SYLLABLES = """
    a ai an ang ao ba bai ban bang bao bei ben beng bi bian biao bie bin bing bo bu ca cai can cang cao ce
    cen ceng cha chai chan chang chao che chen cheng chi chong chou chu chua chuai chuan chuang chui chun
    chuo ci cong cou cu cuan cui cun cuo da dai dan dang dao de dei deng di dia dian diao die ding diu dong
    dou du duan dui dun duo e ei en eng er fa fan fang fei fen feng fo fou fu ga gai gan gang gao ge gei gen
    geng gong gou gu gua guai guan guang gui gun guo ha hai han hang hao he hei hen heng hong hou hu hua
    huai huan huang hui hun huo ji jia jian jiang jiao jie jin jing jiong jiu ju juan jue jun ka kai kan
    kang kao ke kei ken keng kong kou ku kua kuai kuan kuang kui kun kuo la lai lan lang lao le lei leng li
    lia lian liang liao lie lin ling liu lo long lou lu luan lun luo lv lve ma mai man mang mao me mei men
    meng mi mian miao mie min ming miu mo mou mu na nai nan nang nao ne nei nen neng ni nian niang niao nie
    nin ning niu nong nou nu nuan nuo nv nve o ou pa pai pan pang pao pei pen peng pi pian piao pie pin ping
    po pou pu qi qia qian qiang qiao qie qin qing qiong qiu qu quan que qun ran rang rao re ren reng ri rong
    rou ru rua ruan rui run ruo sa sai san sang sao se sen seng sha shai shan shang shao she shei shen sheng
    shi shou shu shua shuai shuan shuang shui shun shuo si song sou su suan sui sun suo ta tai tan tang tao
    te teng ti tian tiao tie ting tong tou tu tuan tui tun tuo wa wai wan wang wei wen weng wo wu xi xia
    xian xiang xiao xie xin xing xiong xiu xu xuan xue xun ya yan yang yao ye yi yin ying yo yong you yu
    yuan yue yun za zai zan zang zao ze zei zen zeng zha zhai zhan zhang zhao zhe zhei zhen zheng zhi zhong
    zhou zhu zhua zhuai zhuan zhuang zhui zhun zhuo zi zong zou zu zuan zui zun zuo
    """
SYLLABLES = frozenset(_SYLLABLES.split())
"""Every syllable there is, toneless, ü written v."""

TYPED_U: dict[str, str] = {
    "lyu": "lv",
    "ly": "lv",
    "lue": "lve",
    "lyue": "lve",
    "nyu": "nv",
    "nue": "nve",
    "nyue": "nve",
}
"""Spellings of ü as typed or as printed in passports, and ours."""
