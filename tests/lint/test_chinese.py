"""Chinese wordings of each kind of statement, on the mainland and in Hong Kong, and harmless neighbours."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.hanzi import simplified
from troth.policy.lint import lint_text

SAID = (
    ("retention-vague", "我们保存日志的时长取决于运维的实际需要。"),
    ("retention-vague", "我們會把工單保留一段適當時間。"),
    ("retention-vague", "您的资料将保留至其不再具有使用价值为止。"),
    ("retention-indefinite", "为方便日后查证，您的订单信息我们不会主动删除。"),
    ("retention-indefinite", "即便合同到期，您留存在本平台的资料仍归平台继续持有。"),
    ("vague-timer", "我们会在核实后尽速给您回复。"),
    ("consent-by-use", "凡使用本软件者，皆视为知悉并同意本政策。"),
    ("consent-silence", "您未明确拒绝的，我们将默认您同意接收。"),
    ("unilateral-change", "本公司有權對本聲明作出任何改動，且不必事先告知用戶。"),
    ("recipient-open", "我们与广告主、媒体等合作方共享您的设备标识。"),
    ("transfer-undisclosed", "您的数据有可能在中国大陆之外被存储或访问。"),
    ("business-transfer-unconditional", "如发生重组，您的信息会转给存续公司。"),
    ("transfer-safeguard-invalid", "本公司向美國傳送資料，以私隱盾認證為依據。"),
    ("disclosure-open", "我们在认为确有必要的情况下会向相关方披露您的信息。"),
    ("list-open", "我们自动收集的信息包含IP、浏览器、访问时间等等。"),
    ("purpose-open", "您的信息还可能被用于其他我们认为有益的方面。"),
    ("anonymity-undefined", "脱敏数据可供第三方研究。"),
    ("absolute-claim", "我们的数据库绝无泄密可能。"),
    ("disclaimer-overbroad", "对于因网络攻击造成的数据泄漏，本站不承担任何责任。"),
    ("right-denied", "我们不受理删除个人信息的请求。"),
    ("rights-retaliation", "如您撤回授权，我们有权停止提供全部服务且不予退费。"),
    ("optout-burden", "注销账号需向我们邮寄身份证复印件并缴纳手续费。"),
    ("source-open", "我们可能从公共领域或商业渠道获得有关您的资料。"),
    ("sole-discretion", "我们有权自行判断是否满足您的请求。"),
    ("term-undefined", "在一些特殊情况下，我们会查看您的数据。"),
    ("cookie-consent-missing", "我们会使用Cookie及同类技术统计访客行为。"),
    ("profiling-undisclosed", "系统根据您的信用分决定是否接受订单。"),
    ("recording-without-consent", "您与客服的通话可能被录音。"),
    ("sensitive-consent", "我们需要您提供身份证号和银行卡号。"),
    ("data-sale", "我们会将用户数据出售给合作商家。"),
    ("law-misstated", "本网站收集的Cookie信息不属于个人信息。"),
    ("reference-unresolved", "各产品的保存期限请参阅产品说明页。"),
    ("recipient-open", "列印由值得信賴的廠商代勞。"),
    ("transfer-undisclosed", "您的檔案會經由多個不同的國家中轉。"),
    ("disclosure-open", "應警方的請求，我們會把資料交給機關並提供記錄。"),
    ("marketing-default", "我们会利用您的手机号介绍限时优惠。"),
    ("law-misstated", "经去标识化的资料不属于对外提供，无需告知您。"),
    ("law-misstated", "去标识化后的内容不再识别您，我们可以自由用于商业分析。"),
    ("term-undefined", "除少数例外以外，我们不查看您的文件。"),
    ("retention-vague", "故障期间，我们会暂时维护诊断记录。"),
    ("purpose-open", "- 其他与本站业务有关的利用"),
    ("purpose-open", "注销后，为审计、风控等合法目的使用的资料除外。"),
    ("list-open", "譬如，本站会收集："),
    ("disclosure-open", "为维护机房秩序而必要且适当地向同行披露。"),
    ("disclosure-open", "3）其他披露"),
    ("disclosure-open", "- 為保護本網站的權益時"),
    ("consent-by-use", "通过使用控制台，您同意我们记录您的操作。"),
    ("typo", "上述做法附合行业惯例。"),
    ("children-age", "未满13岁的人不得注册账号。"),
)
FINE = (
    ("password-encryption", "对登录密码采用不可逆的加密算法存储。"),
    ("cookie-consent-missing", "我们不使用Cookie进行跨站广告跟踪。"),
    ("retention-vague", "订单数据在交易完成后保存三年。"),
    ("retention-indefinite", "账号注销后，发票仍按税法保存十年，期满销毁。"),
    ("consent-by-use", "您浏览网页并不代表您同意我们收集信息。"),
    ("unilateral-change", "政策如有修订，我们会提前三十日以邮件通知您。"),
    ("recipient-open", "未经您同意，我们不会向合作伙伴提供您的资料。"),
    ("transfer-undisclosed", "我们不会把您的信息传输至境外。"),
    ("business-transfer-unconditional", "公司合并前，我们会通知您并由您选择是否删除数据。"),
    ("disclosure-open", "除非您自己判断认为必要，请不要向他人提供密码。"),
    ("anonymity-undefined", "我们从不向任何人提供统计数据。"),
    ("right-denied", "如信息有误且您无法自行更正，请联系我们更正。"),
    ("rights-retaliation", "您拒绝接收推广，不会影响任何服务。"),
    ("profiling-undisclosed", "安全程序会检测病毒，并为您识别诈骗信息。"),
    ("data-sale", "我们从未出售任何用户资料。"),
    ("source-open", "您应通过弹窗及其他途径告知终端用户您收集的信息。"),
    ("purpose-open", "如需用于本政策未列明的其他用途，我们会另行取得您的同意。"),
    ("retention-indefinite", "您公开发表的帖子可能一直保存在公共领域。"),
    ("anonymity-undefined", "展示账单时，我们用脱敏手段提高使用的安全性。"),
    ("law-misstated", "去标识化的资料仍属于个人信息。"),
    ("disclosure-open", "应您的要求，我们会提供一份记录。"),
    ("data-sale", "您的资料会删除，但有偿服务的账单保存十年。"),
    ("purpose-open", "受托人无权把记录用于其他目的。"),
    ("disclaimer-overbroad", "本条包括但不限于数据泄露的负责人。"),
    ("password-encryption", "注册账户时，您需提供用户名和密码。"),
    ("absolute-claim", "为了更好地保障信息安全，请设置复杂口令。"),
    ("term-undefined", "拒绝后，您可能无法使用某些功能。"),
    ("punctuation", "我们将记录用于 1）开票； 2）答复您的来信。"),
    ("children-age", "未满14岁的人不得注册账号。"),
)


def _rules(*texts: str) -> set[str]:
    units = [Sentence(f"s{n}", n, text, paragraph=n) for n, text in enumerate(texts, 1)]
    return {f.rule for f in lint_text(units)}


@pytest.mark.parametrize(("rule", "text"), SAID, ids=[t for _, t in SAID])
def test_said(rule: str, text: str) -> None:
    """A statement is found in unusual words."""
    assert rule in _rules(text)


@pytest.mark.parametrize(("rule", "text"), FINE, ids=[t for _, t in FINE])
def test_fine(rule: str, text: str) -> None:
    """What is bounded, refused or for the reader to decide is not reported."""
    assert rule not in _rules(text)


def test_simplified() -> None:
    """Traditional characters become simplified ones and words of Taiwan those of the mainland, one for one."""
    text = "閣下的個人資料將會轉移予關聯機構，並蒐集使用者資訊。"
    assert simplified(text) == "阁下的个人信息将会转移予关联机构，并收集用户者信息。"
    assert len(simplified(text)) == len(text)


def test_names_of_the_text() -> None:
    """A text that calls itself a policy here and a statement there is told so; one name is fine."""
    assert "name-inconsistent" in _rules("本政策适用于官网。", "本声明自发布起生效。", "请阅读本政策全文。")
    assert "name-inconsistent" not in _rules("本政策适用于官网。", "请阅读本隐私政策全文。")


def test_contact_announced() -> None:
    """Contact details that are announced and stand nowhere are missed; with a mailbox they are there."""
    announced = "您可以按本政策载明的联系方式找到我们，也可以咨询在线客服。"
    assert "contact-missing" in _rules(announced)
    assert "contact-missing" not in _rules(announced, "邮箱：privacy@chuanyun.example.com")


def test_abbreviations() -> None:
    """Identifiers named by unexplained abbreviations are reported, well-known ones are not."""
    assert "term-undefined" in _rules("设备标识：TID、XID、KUID。")
    assert "term-undefined" not in _rules("设备标识：IMEI、MAC、GUID。")


BROKEN = (
    ("confidentiality-conflict", "我们不会把资料透露给任何第三方。", "我们会与合作伙伴共享您的资料。"),
    ("purpose-conflict", "您的信息仅用于开通主机。", "我们还会把您的信息用于市场推广。"),
    ("never-vs-may", "本站不使用任何Cookie。", "我们借助Cookie统计访客的停留时间。"),
    ("access-conflict", "我们的员工无权查看您服务器内的文件。", "管理员会定期扫描您服务器内的文件。"),
    ("logging-conflict", "本服务不保留任何日志。", "系统会记录您的连接日志。"),
    (
        "notice-conflict",
        "政策修订前，我们会提前十天通知您，修订内容届时公示。",
        "我们可随时修订本政策，恕不另行通知。",
    ),
    ("optout-vs-consent", "未经您同意，我们不会发送推广短信。", "注册后，您会收到我们的促销邮件。"),
    ("transfer-conflict", "您的数据全部保存在境内。", "备份会传输至海外机房。"),
)


@pytest.mark.parametrize(("rule", "promised", "done"), BROKEN)
def test_broken(rule: str, promised: str, done: str) -> None:
    """A promise that another sentence breaks is a contradiction; alone it is none."""
    between = "本公司位于苏州。"
    assert rule in _rules(promised, between, done)
    assert rule not in _rules(promised, between)
    assert rule not in _rules(between, done)
