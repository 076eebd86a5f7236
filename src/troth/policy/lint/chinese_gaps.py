"""What a Chinese text has to say and does not: breaches, the helpers built into an app, permissions, parts for one region."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_BREACH = Phrase(
    r"(?:安全事件|安全事故|泄露|泄漏|外泄|泄密|被窃|丢失)[^。]{0,80}(?:通知|告知|通报|上报|公告|报告)|(?:通知|告知|通报|报告)[^。]{0,40}(?:安全事件|泄露|泄漏)|^\W*向(?:有关|相关)?(?:监管|主管)(?:部门|机关|机构)(?:上报|报告|通报)"
)
_SAFETY = Phrase(
    r"(?:安全|加密|保护)[^。；]{0,16}(?:措施|技术|手段|机制|程序)|等级保护|https[^。；]{0,6}传输|(?:数据库|密码)[^。；]{0,8}加密|(?:措施|技术|手段)[^。；]{0,20}(?:安全|保护)"
)


# the net at large, and what readers do
_OF_OTHERS = Phrase(r"建议您|任何(?:安全)?措施|并非绝对|不存在")
_PART = Phrase(r"安全|(?:如何|怎样)[^。；]{0,10}保护|保障|资料之?保护|信息之?保护")


_GUARDED = Phrase(
    r"(?:如何|怎样)[^。；]{0,10}(?:保护|保障)|信息安全|安全(?:保护|保障|措施)|(?:储存|存储|保存)(?:和|与|及)保护"
)


def _titled(doc: Document) -> list[Hit]:
    """Headings that announce how data is protected."""
    return [Hit(r, r.text) for r in doc.readings if r.heading and _GUARDED.search(r.low)]


def breaches(doc: Document) -> Iterator[Finding]:
    """Measures of security, and nothing on what follows when they fail (rule breach-missing)."""
    if not {"CN", "TW"} & doc.places or not doc.chinese or doc.says(_BREACH):
        return
    safe = [
        h
        for h in doc.hits(_SAFETY)
        if not h.reading.told
        and not _OF_OTHERS.search(h.reading.low)
        and _SAFETY.search(_NAMES.sub(" ", h.reading.low))
    ]
    safe = safe or _titled(doc)
    parts = [r for r in doc.readings[1:] if r.heading]
    if safe and (not parts or any(_PART.search(r.low) for r in parts)):
        yield report(
            "missing-mandatory/breach-missing",
            "info",
            of(safe[:3]),
            f"security is spoken of, and nothing says whom a breach is reported to: {quoted(safe[:3])}",
            hint="say that the authority and the people concerned are told, what they are told and how",
            law="PIPL Art. 57; Cybersecurity Law Art. 42; PDPA (TW) Art. 12",
        )


_SDK = Phrase(r"^\W*(?:第三方)?sdk ?(?:的)?名称[:：]\s*\S")
_ASKED = Phrase(r"目的|用途|使用场景|功能[:：]|收集|获取|数据类型|个人信息|权限|信息类型|处理方式")
_BLOCK = 4


# packages that are only listed by name
_JOINED = Phrase(r"(?:接入|集成|嵌入|使用)[^。；]{0,8}(?:第三方)?(?:的)?sdk[^。；，]{0,6}[:：]\s*$")
_MANY = 8


def helpers(doc: Document) -> Iterator[Finding]:
    """Packages of others named without what they collect and for what (rule sdk-incomplete)."""
    named = [h.reading for h in doc.hits(_SDK)]
    bare = [
        r
        for r in named
        if not any(
            _ASKED.search(x.low)
            for x in doc.readings[r.index + 1 : r.index + _BLOCK]
            if not x.heading and x not in named
        )
        and not _ASKED.search(r.low)
    ]
    if len(bare) > 1:
        yield report(
            "missing-mandatory/sdk-incomplete",
            "block",
            bare,
            f"packages of others without the data they take and the purpose: {quote(r.text for r in bare)}",
            hint="say for each package its purpose, the kinds of data, the manner, and the provider with its contact",
            law="PIPL Art. 17, 23",
        )
    if named:
        yield from _unlisted(doc, named)
        return
    for lead in doc.hits(_JOINED):
        items = [r for r in doc.near(lead.reading, 0, _MANY)[1:] if r.sentence.element == "bullet"]
        if len(items) > 1 and "CN" in doc.places and not any(_ASKED.search(r.low) for r in items):
            yield report(
                "missing-mandatory/sdk-incomplete",
                "warn",
                (lead.reading, *items),
                f"packages of others without the data they take and the purpose: {quote(r.text for r in items)}",
                hint="say for each package its purpose, the kinds of data, the manner, and the provider with its contact",
                law="PIPL Art. 17, 23",
            )
            return


_LIKE = Phrase(r"[（(](?:如|例如|包括)([^（）()]{2,60})[）)]")


def _unlisted(doc: Document, named: list[Reading]) -> Iterator[Finding]:
    """Recipients named in a sentence that the list of packages does not have (rule recipients-conflict)."""
    first, last = named[0].index, named[-1].index
    table = "\n".join(r.low for r in doc.readings[first : last + _BLOCK])
    for r in doc.body:
        match = _LIKE.search(r.low)
        if (
            not match
            or first <= r.index <= last
            or not re.search(r"厂商|推送|sdk|转入|发送|共享|提供", r.low)
        ):
            continue
        names = [n.strip(" 等") for n in re.split(r"[、,，]|和|及", match[1])]
        absent = [n for n in names if n and n not in table]
        if absent and len(absent) < len(names):
            yield report(
                "contradiction/recipients-conflict",
                "warn",
                (r, *named),
                f"recipients that the list of packages does not name: {quote(absent)}",
                hint="let the sentence and the list name the same recipients",
                law="PIPL Art. 7, 17, 23",
            )
            return


_OPEN_NAMES = Phrase(
    r"(?:厂商|平台|第三方|合作方|服务商|供应商|机构)[^。；（(]{0,8}[（(](?:如|例如|比如)[^（）()]{2,40}[）)]"
)


def open_recipients(doc: Document) -> Iterator[Finding]:
    """Recipients named by examples only (rule list-open)."""
    hits = [
        h
        for h in doc.hits(_OPEN_NAMES)
        if h.reading.cjk
        and re.search(r"(?:您的|用户)[^。；]{0,16}(?:消息|信息|数据|资料|内容)", h.reading.low)
        and re.search(r"转入|转发|发送|传|共享|提供给|披露", h.reading.low)
        and not h.reading.refuses
    ]
    if hits:
        yield report(
            "open-ended/list-open",
            "warn",
            of(hits),
            f"recipients by examples only: {quoted(hits)}",
            hint="name all of them, or their kinds",
            law="PIPL Art. 17, 23; GDPR Art. 13(1)(e)",
        )


_KINDS_ONLY = Phrase(r"(?:接收方|接收者|共享对象|提供对象|受让人)的?(?:类别|种类|类型)(?:包括|如下|为)")
_LEGAL = Phrase(r"[\u4e00-\u9fff]{4,}(?:有限)?公司|\b(?:inc|llc|ltd|gmbh|corp)\b")


def kinds_only(doc: Document) -> Iterator[Finding]:
    """Recipients of data from the mainland by kinds, none by its name (rule recipient-open)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    for hit in doc.hits(_KINDS_ONLY):
        items = [r for r in doc.readings[hit.reading.index + 1 : hit.reading.index + 9] if r.lead]
        if len(items) > 1 and not any(_LEGAL.search(r.low) for r in items):
            yield report(
                "open-ended/recipient-open",
                "warn",
                (hit.reading, *items),
                f"recipients by kinds, none by its name: {quote([hit.words])}",
                hint="name each recipient with its contact, the purpose, the manner and the data",
                law="PIPL Art. 23, 39",
            )


_APP = Phrase(r"本(?:app|应用|软件|客户端)(?!商店)|app ?内部?")
_RIGHTS_OF_APP = Phrase(r"权限|授权(?:管理|列表)|sdk|小程序设置|相机|麦克风|通讯录")
_SITE = Phrase(r"(?:我们|本公司)的?(?:所有|相关)?网站")


def permissions(doc: Document) -> Iterator[Finding]:
    """An app without its permissions and packages, and a website that nobody names (rules permissions-missing, term-undefined)."""
    if "CN" not in doc.places or not doc.chinese:
        return
    app = list(doc.hits(_APP))
    if len(app) < 2:
        return
    if not any(_RIGHTS_OF_APP.search(r.low) for r in doc.readings):
        yield report(
            "missing-mandatory/permissions-missing",
            "warn",
            of(app[:2]),
            "the text is about an app, and names neither the permissions of the system it asks for nor the packages of others in it",
            hint="list each permission and package with its purpose, when it is asked for, and how to refuse",
            law="PIPL Art. 6, 17, 23",
        )
    sites = list(doc.hits(_SITE))
    if len(sites) > 1 and not re.search(r"https?:|www\.|\.com|\.cn\b", doc.low):
        yield report(
            "undefined-term/term-undefined",
            "warn",
            of(sites),
            f"the text of an app relies on a website that it does not name: {quoted(sites)}",
            hint="give its address, or take the website out",
            law="PIPL Art. 17",
        )


_OFFICER = Phrase(r"(?:数据|个人信息|资料)保护(?:官|负责人|专员|主管)|隐私(?:官|专员|负责人)")
_SOMEBODY = Phrase(r"姓名|先生|女士|dpo@|(?:负责人|专员|保护官)[:：为是][^。；，@\d]{2,4}(?:$|[，。；、])")
_BOX = Phrase(r"[\w.+-]+@[\w.-]+")


def officers(doc: Document) -> Iterator[Finding]:
    """An officer in a heading, and under it neither a name nor a mailbox of its own (rule dpo-identity)."""
    for title in doc.readings[1:]:
        if not title.heading or not _OFFICER.search(title.low):
            continue
        own = title.sentence.section
        below = [r for r in doc.body if r.sentence.section[: len(own) + 1] == (*own, title.text)]
        named = any(_SOMEBODY.search(r.low) for r in below)
        boxes = {m[0] for r in below for m in _BOX.finditer(r.low)}
        elsewhere = "\n".join(r.low for r in doc.body if r not in below)
        if below and not named and all(box in elsewhere or "dpo" not in box for box in boxes):
            yield report(
                "missing-mandatory/dpo-identity",
                "warn",
                (title, *(r for r in below if "@" in r.low)),
                f"an officer is announced without a name or an address of its own: {quote([title.text])}",
                hint="name the person in charge and how to reach them, or take the title out",
                law="PIPL Art. 52; GDPR Art. 37(7)",
            )


_WITHOUT = Phrase(
    r"(?:不|未|拒绝|没有)(?:予|愿|想|希望)?(?:提供|填写|填|给予|同意)[^。]{0,40}(?:影响|无法|不能|不便|限制|受限|完整)|自由选择(?:是否)?提供|(?:必填|选填|非必要(?:的)?(?:资料|信息))|(?:可|得)(?:以)?(?:自由)?选择(?:是否|不)提供"
)


def effect_untold(doc: Document) -> Iterator[Finding]:
    """Taiwan: nothing on what follows if data is not given (rule choice-missing)."""
    taken = [r for r in doc.body if r.cjk and r.does("collect") and not r.told]
    if "TW" in doc.places and doc.chinese and taken and not doc.says(_WITHOUT):
        yield report(
            "missing-mandatory/choice-missing",
            "warn",
            taken[:2],
            "nothing says which data may be left out and what follows if it is not given",
            hint="say which items are needed, which are free, and what does not work without them",
            law="PDPA (TW) Art. 8(1)(6)",
        )


_PROTECTED = Phrase(r"(?:说明|介绍|阐述)[^。]{0,30}保护(?:您|用户)?的?(?:个人)?(?:信息|资料|数据)")
_MEASURES = Phrase(
    r"加密|https|ssl|tls|防火墙|安全(?:措施|技术|机制|防护|审计)|访问(?:控制|权限)|权限(?:控制|管理|控管)|防止[^。；]{0,16}(?:泄露|泄漏|外泄|未经授权|篡改)|保密|脱敏|保护措施|安全维护"
)


# the titles of laws and standards, and addresses
_NAMES = re.compile(r"《[^》]*》|https?[：:]//\S+")


def unguarded(doc: Document) -> Iterator[Finding]:
    """Protection announced, and no measure in the whole text (rule security-missing)."""
    told = [h for h in doc.hits(_PROTECTED) if h.reading.cjk] or _titled(doc)
    if doc.chinese and told and not any(_MEASURES.search(_NAMES.sub(" ", r.low)) for r in doc.readings):
        yield report(
            "missing-mandatory/security-missing",
            "warn",
            of(told),
            f"protection is announced, and no measure is named: {quoted(told)}",
            hint="name the measures in general terms, and say who is told when they fail",
            law="PIPL Art. 51; PDPA (TW) Art. 27; GDPR Art. 32",
        )


_REGION = Phrase(
    r"(?:中国大陆|内地|香港|台湾|新加坡|欧洲|欧盟|境内)[^。]{0,10}(?:用户|居民|人士)[^。]{0,4}(?:补充|专门|特别|附加)?(?:说明|信息|条款|规定|声明)"
)
_CONTENT = Phrase(r"权利|有权|接收方|负责人|代表|投诉|申诉|条例|《|\d+ ?(?:日|天|个月)|法律基础|联系")


def regions(doc: Document) -> Iterator[Finding]:
    """A part for one region that says nothing of what its law asks (rule supplement-empty)."""
    empty: list[Reading] = []
    for title in doc.readings:
        if not title.heading or not _REGION.search(title.low):
            continue
        own = title.sentence.section
        body = []
        for r in doc.readings[title.index + 1 :]:
            if r.heading or r.sentence.section[: len(own)] != own:
                break
            body.append(r)
        if body and not any(_CONTENT.search(r.low) for r in body):
            empty += [title, *body]
    if empty:
        yield report(
            "missing-mandatory/supplement-empty",
            "warn",
            empty,
            f"a part for one region holds nothing of what its law asks: {quote(r.text for r in empty if r.heading)}",
            hint="name the rights, the recipients abroad, the person to write to and the time of an answer, as the law there asks",
            law="PIPL Art. 17, 39, 44-50; PDPO DPP1(3), DPP5-6; GDPR Art. 13",
        )


_FACE = Phrase(
    r"^\W*(?:人脸|面部|刷脸)识别?[^：:]{0,8}[：:](?![^。]*(?:人脸|面部|照片|影像|图像|视频|生物))[^。]{2,}"
)


def faces(doc: Document) -> Iterator[Finding]:
    """Faces are compared, and no data of faces is declared (rule sensitive-consent)."""
    hits = list(doc.hits(_FACE))
    if hits:
        yield report(
            "missing-mandatory/biometric-undeclared",
            "warn",
            of(hits),
            f"faces are recognised, and no picture of a face is among the data: {quoted(hits)}",
            hint="say what is taken of the face, who compares it, and how long it is kept",
            law="PIPL Art. 17, 28-30",
        )


_NAMED_AIM = Phrase(r"(?:该|上述|前述|此)特定目的(?:的)?(?:范围|必要范围)")
_AIMS = Phrase(r"特定目的[^。；]{0,6}(?:[:：]|为|是|包括|如下)")


def aims(doc: Document) -> Iterator[Finding]:
    """A "specific purpose" that is never named (rule purposes-missing)."""
    hits = list(doc.hits(_NAMED_AIM))
    if hits and not doc.says(_AIMS):
        yield report(
            "missing-mandatory/purposes-missing",
            "block",
            of(hits),
            f"the purpose that limits everything is never named: {quoted(hits)}",
            hint="name the purpose, the kinds of data, the period, the area, the recipients and the manner of use",
            law="PDPA (TW) Art. 8; PIPL Art. 17",
        )


_THESE = Phrase(
    r"(?:仅|只)(?:会)?[^。；]{0,10}(?:以下|下述|下列|所述的以下)[^。；]{0,6}目的[^。]{0,30}[：:]\s*$"
)


# a heading that counts the purposes announced
_ITEM = re.compile(r"^\W*[（(][一二三四五六七八九十\d]{1,2}[）)]|^\W*\d{1,2}[.、）)]")


def nothing_listed(doc: Document) -> Iterator[Finding]:
    """Purposes announced by a colon, and no purpose and no data under it (rule purposes-missing)."""
    for r in doc.body:
        if not _THESE.search(r.low):
            continue
        after = []
        for x in doc.readings[r.index + 1 :]:
            if x.heading and len(x.sentence.section) < len(r.sentence.section) + 1 and not _ITEM.match(x.low):
                break
            after.append(x)
        told = [x for x in after if not x.heading and not re.search(r"征求|征得|同意", x.low)]
        if not told:
            yield report(
                "missing-mandatory/purposes-missing",
                "block",
                (r, *after[:2]),
                f"the purposes are announced and none follows: {quote([r.text])}",
                hint="name each purpose with the data it needs",
                law="PIPL Art. 17(1)(2); GDPR Art. 13(1)(c)",
            )


_SIGNED = ("；", "。", ";", ".", "！", "：", ":", "）", ")")
_FEWEST = 4


def cut_off(doc: Document) -> Iterator[Finding]:
    """An item that breaks off where all its neighbours end with a sign (rule sentence-incomplete)."""
    runs: dict[tuple[str, ...], list[Reading]] = {}
    for r in doc.body:
        if r.cjk and r.sentence.element == "bullet":
            runs.setdefault(tuple(r.sentence.section), []).append(r)
    for items in runs.values():
        ends = [n for n, r in enumerate(items) if not r.text.rstrip().endswith(_SIGNED)]
        # a last item without a sign is usual, one in the middle is not
        if len(items) >= _FEWEST and len(ends) == 1 and ends[0] < len(items) - 1:
            odd = items[ends[0]]
            if (
                len(odd.text) > 2 * _FEWEST
                and _half(doc, odd)
                and re.search(r"[、，和及与或的了将在][\u4e00-\u9fff]{0,4}$", odd.text.rstrip())
            ):
                yield report(
                    "drafting-error/sentence-incomplete",
                    "warn",
                    (odd,),
                    f"an item breaks off: {quote([odd.text[-24:]])}",
                    hint="write the rest of it",
                    law="PIPL Art. 17(1)(2)",
                )


def _half(doc: Document, item: Reading) -> bool:
    """Whether the last three characters are the start of a word that the text writes out elsewhere."""
    tail = item.low.rstrip()[-_TAIL:]
    after = {
        r.low[m.end() : m.end() + 1]
        for r in doc.readings
        if r is not item
        for m in re.finditer(re.escape(tail), r.low)
    }
    return len(after) == 1 and "\u4e00" <= after.pop() <= "\u9fff"


_TAIL = 3
_TAKES = Phrase(r"我们[^。；，]{0,4}(?:收集|采集)")
_DELICATE = Phrase(r"敏感(?:个人)?信息[^。]{0,30}(?:例如|如|包括)([^。]{2,80})")
_KINDS = (("身份证", "证件"), ("银行",), ("人脸", "面部", "生物识别", "指纹"), ("位置", "行踪", "定位"))


def examples(doc: Document) -> Iterator[Finding]:
    """Sensitive data by examples that are not those that the text itself collects (rule term-undefined)."""
    defined = [
        (r, m[1]) for r in doc.body for m in (_DELICATE.search(r.low),) if m and not _TAKES.search(r.low)
    ]
    if len(defined) != 1:
        return
    reading, named = defined[0]
    taken = [
        (words, r)
        for words in _KINDS
        for r in doc.body
        if r is not reading
        and any(w in r.low for w in words)
        and (r.does("collect") or _listed(r))
        and not r.refuses
    ]
    absent = {words[0]: r for words, r in reversed(taken) if not any(w in named for w in words)}
    if absent and not any(w in named for words in _KINDS for w in words):
        yield report(
            "undefined-term/term-undefined",
            "warn",
            (reading, *absent.values()),
            f"sensitive data is explained by other examples than what is collected: {quote(absent)}",
            hint="name the sensitive data that is really collected, with purpose and effect",
            law="PIPL Art. 28-30",
        )


def _listed(reading: Reading) -> bool:
    return reading.low.lstrip("- ").startswith(("包括", "包含")) or "向我们提供" in reading.low


# wherever partners happen to be, is a place for everything
_ANYWHERE = Phrase(
    r"(?:合作|关系|关联|协力|业务|第三方)[^。；，]{0,6}(?:厂商|企业|伙伴|机构|公司|方)[^。；，]{0,6}(?:设立|营运|运营|登记|服务|经营)?(?:之|的)?所在(?:地|国|之处)|"
    r"(?:服务器|主机|机房)[^。；，]{0,6}(?:位置|地点|所在)[^。；，]{0,8}(?:不同|改变|变动|变更|调整)[^。；]{0,40}(?:无须|无需|不再|不另|毋须|不必)[^。；]{0,20}(?:通知|告知)"
)


def anywhere(doc: Document) -> Iterator[Finding]:
    """Data used or stored wherever partners or servers happen to be (rule transfer-undisclosed)."""
    hits = [
        h for h in doc.hits(_ANYWHERE) if h.reading.cjk and not h.reading.told and "法院" not in h.reading.low
    ]
    if hits:
        yield report(
            "risky-promise/transfer-undisclosed",
            "warn",
            of(hits),
            f"the places are left to where partners or servers happen to be: {quoted(hits)}",
            hint="name the countries, the receivers there and the safeguards, and tell people when they change",
            law="PDPA (TW) Art. 8(1)(4), 21; PIPL Art. 38-40; GDPR Art. 13(1)(f)",
        )


DETECTORS = (
    anywhere,
    cut_off,
    examples,
    breaches,
    helpers,
    open_recipients,
    kinds_only,
    permissions,
    regions,
    officers,
    effect_untold,
    unguarded,
    faces,
    aims,
    nothing_listed,
)
