"""What makes a Chinese sentence harmless, rule by rule: said beside it, told elsewhere in the text, or meant otherwise."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading


@dataclass(frozen=True, slots=True)
class ChineseExcuse:
    """What makes the sentences of one rule harmless.

    Attributes:
        sense: words of the sentence itself, which mean something else or deny what is reported.
        beside: words of the sentence or of the two after it.
        anywhere: words of any sentence of the text.
        core: what one of the sentences left must name, or nothing is left of the finding.
    """

    sense: Phrase | None = None
    beside: Phrase | None = None
    anywhere: Phrase | None = None
    core: Phrase | None = None

    def covers(self, doc: Document, reading: Reading) -> bool:
        """Whether it makes a sentence harmless."""
        return (
            (self.sense is not None and self.sense.search(reading.low) is not None)
            or (self.beside is not None and any(self.beside.search(r.low) for r in doc.near(reading, 0, 2)))
            or (self.anywhere is not None and doc.says(self.anywhere))
        )


# nothing is sent, called or shown before a yes, or the box for it is empty
_YES = (
    r"(?:未(?:经|得|获|征得|取得)|没有(?:取得|得到)?)[^。；，]{0,6}(?:同意|许可)[^。；]{0,8}不(?:会|得|作|将|能)?|"
    r"(?:方格|选项|选框|勾选框|复选框|核取方块)[^。；，]{0,4}(?:默认|预设)[^。；，]{0,4}(?:空白|不勾|未勾|为空|留空|关闭)|(?:默认|预设)(?:为|是)?(?:空白|不勾选|未勾选|关闭|不接收)"
)
# what a talk is recorded for is told before it begins
_TOLD = r"(?:接通|通话|录音|开始|接听)(?:之)?[前时][^。；，]{0,8}(?:语音|提示|告知|播放|说明|询问|征)|(?:语音|录音|系统)(?:告知|提示|通知|预告)[^。；，]{0,4}(?:录音|通话|来电)|先[^。；，]{0,4}(?:告知|提示)[^。；，]{0,4}录音"
# the law lets the cost of a copy be charged (PDPA of Taiwan Art. 14, PDPO s. 28)
_COST = r"(?:查询|查阅|阅览|复制本?|副本|复本)[^。；]{0,24}(?:费|收取|酌收)[^。；]{0,20}(?:成本|必要|不超乎)|(?:制给复制本|复制本|副本|复本)[^。；]{0,10}(?:酌收|收取)[^。；]{0,4}(?:工本费|成本费|必要成本)|酌收必要成本费用"

# what others offer and collect themselves, under a text of their own
_OWN_TEXT = (
    r"(?:由|系)[^。；，]{0,6}第三方[^。；，]{0,6}(?:提供|开发|运营|经营)，(?:其|该第三方|他们)(?:的)?[^。；，]{0,4}收集|"
    r"第三方[^。；，]{0,6}(?:收集|处理|取得)[^。；，]{0,6}(?:时|的行为)[^。；]{0,8}(?:适用|依|按|遵循)[^。；]{0,12}隐私"
)

EXCUSES: dict[str, ChineseExcuse] = {
    "marketing-default": ChineseExcuse(beside=Phrase(_YES)),
    "partner-marketing": ChineseExcuse(beside=Phrase(_YES)),
    "optout-scope": ChineseExcuse(
        sense=Phrase(
            r"(?:不|没有|绝无|不会)(?:会|得)?(?:[夹夾]附|[夹夾]带|附带|附有|附上|附|包含|含有|含|载有|带有|带|夹杂|插入)?(?:任何|有)?(?:广告|推广|促销|宣传|营销)(?:内容|资讯|信息|资料)?(?=[。；，]|$)"
        )
    ),
    "marketing-particulars": ChineseExcuse(
        anywhere=Phrase(
            r"(?:使用|利用)(?:您|阁下|客户)的?[^。；，]{0,20}(?:姓名|电邮|电话|地址|号码)[^。；]{0,24}(?:促销|推广|推介|宣传)[^。；]{0,30}(?:服务|产品|货品)"
        )
    ),
    "recording-without-consent": ChineseExcuse(anywhere=Phrase(_TOLD)),
    "sensitive-consent": ChineseExcuse(
        sense=Phrase(
            r"(?:不|从不|绝不|不会|并不)(?:会)?(?:经过?|流经|通过|进入|到达|传到|接触)[^。；，]{0,4}(?:我们|本公司|本网站|我司|本站)的?(?:系统|服务器|伺服器|后台)|(?:我们|本公司|本网站|我司|本站)(?:不|从不|无法|不会)[^。；，]{0,4}(?:经手|接触|看到|取得|留存|保存)(?:该|这些?|上述|有关)?(?:文件|证件|影像|图像|副本)"
        )
    ),
    "optout-burden": ChineseExcuse(
        sense=Phrase(
            rf"{_COST}|^\W*[^|。；，]{{2,12}}\|[^|。；]*(?:期间|有效期|存续)?[^|。；]*(?:注销|终止|删除)(?:之)?后[一二三四五六七八九十\d]+ ?个?(?:月|年|日|天)\W*$|(?:保存|保留|留存)(?:至|到)?[^。；，]{{0,12}}(?:注销|终止)(?:之)?后[一二三四五六七八九十\d]+ ?个?(?:月|年|日|天)(?!方|才)"
        )
    ),
    "source-open": ChineseExcuse(sense=Phrase(_OWN_TEXT)),
    "recipient-open": ChineseExcuse(sense=Phrase(_OWN_TEXT)),
    "absolute-claim": ChineseExcuse(
        sense=Phrase(
            # what nobody can promise is not promised
            r"(?:没有|沒有|任何|哪一?[种个家])[^。；]{0,20}(?:敢|能够?|可以|可|都|是)[^。；]{0,8}(?:百分之百|绝对|万无一失|零风险|完全|保证|担保|打包票|不可能)|"
            r"(?:不敢|无法|不能|难以|不作|并不|没法|未能)[^。；，]{0,10}(?:保证|担保|打包票|承诺|确保|做到|达到)|(?:谁|没人|无人)(?:也|都)?不敢|并非[^。；，]{0,6}(?:绝对|完全|百分之百)?安全|(?:都|也)?不可能[^。；，]{0,6}(?:万无一失|绝对|完全)|吹牛"
        )
    ),
    "list-open": ChineseExcuse(
        sense=Phrase(
            r"^(?![^。]*[^该此均彼]等)[^。]*[该此均彼]等(?:资料|信息|数据|信贷资料)|等(?:事由|原因|理由)处理|"
            r"^(?![^。]*(?:收集|搜集|蒐集|获取|记录)[^。]*等)[^。]*(?:防火墙|防毒|杀毒|加密|入侵检测|入侵侦测|门禁|监控系统|备份)[^。；]{0,16}等(?:相关|有关|必要|各项|各种|多种|的)*[^。；，]{0,10}(?:设备|措施|系统|技术|手段|机制|设施)|^(?![^。]*等[^。]*(?:信息|资料|数据))[^。]*(?:资料|信息|数据)之类(?:别|型)"
        )
    ),
    "cookie-consent-missing": ChineseExcuse(
        sense=Phrase(
            r"(?:默认|预设)(?:为|是)?(?:均|全部)?(?:关闭|停用|不启用|不开启)|(?:按下|点击|点选|选择|按)[^。；，]{0,3}(?:同意|接受|允许)[^。；，]{0,2}(?:后|之后)|(?:没有|不设|不使用|并无|未使用|不放置|未放置)(?:任何)?[^。；，]{0,6}(?:广告|统计|分析|追踪|跟踪|第三方)[^。；，]{0,6}cookie"
        ),
        core=Phrase(r"广告|统计|分析|追踪|跟踪|偏好|个性化|营销|第三方|像素|行为|兴趣|习惯"),
    ),
}


def covered(doc: Document, reading: Reading, rule: str) -> bool:
    """Whether what the text says makes a Chinese sentence harmless under a rule."""
    excuse = EXCUSES.get(rule)
    return excuse is not None and reading.cjk and excuse.covers(doc, reading)


def hollow(doc: Document, readings: Iterable[Reading], rule: str) -> bool:
    """Whether the sentences left of a finding do not name what it is about, which the text excuses elsewhere."""
    excuse = EXCUSES.get(rule)
    if excuse is None or excuse.core is None or excuse.sense is None or not doc.says(excuse.sense):
        return False
    return not any(not r.cjk or excuse.core.search(r.low) for r in readings)
