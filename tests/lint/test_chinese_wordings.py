"""Chinese sentences in which the company keeps a ground for itself, gives less than the law asks, or slips."""

from __future__ import annotations

import pytest

from troth.model.sentence import Sentence
from troth.policy.lint import lint_text

SAID: tuple[tuple[str, str], ...] = (
    ("disclosure-open", "- 我们有合理理由认为应遵从有关规定时披露您的信息。"),
    ("disclosure-open", "为维护公众、其他客户、本集团公司及员工的合法权益所必需而提供您的资料。"),
    ("disclosure-open", "依照行业惯例，我们可能向审计方提供用户资料。"),
    ("disclosure-open", "有法律依據或契約義務者，得提供您的資料。"),
    ("disclosure-open", "經本站管理單位研析揭露您的資料為適當者。"),
    ("refusal-broad", "受限于成本，出于技术能力的原因，您的申请我们可能无法满足。"),
    ("refusal-broad", "基于业务安全等合理理由，我们可以不予更正。"),
    ("refusal-broad", "您的申请可能被驳回，包括但不限于身份不明。"),
    ("refusal-broad", "某些权利因技术可行性受到限制。"),
    ("duty-hedged", "我们会尽量只收集必要的信息。"),
    ("duty-hedged", "資料傳往境外時，我們會盡可能確保達到同等的保護標準。"),
    ("duty-hedged", "本站尽力做到事先告知您。"),
    ("text-open", "帮助页与常见问题中的说明亦视为本政策的补充。"),
    ("text-open", "站内公告构成本声明的组成部分。"),
    ("reference-unresolved", "某些产品另有单独的隐私声明。"),
    ("breach-narrowed", "仅因本公司过错造成信息泄露的，我们才通知您。"),
    ("breach-narrowed", "发生数据泄漏时，我们会告知用户或者监管机构。"),
    ("breach-narrowed", "发生安全事件后，我们自行决定是否通知您。"),
    ("purpose-open", "本政策未能涵盖全部使用情形。"),
    ("consent-bundled", "签署《主机租用合同》即表示您同意本政策的全部内容。"),
    ("children-consent", "儿童的资料，在法律允许、家长同意或者确有必要时，我们会公开其信息。"),
    ("law-misstated", "Cookie并不能识别您的任何身份信息。"),
    ("law-misstated", "我们设置的cookie不含任何个人信息。"),
    ("data-surplus", "我们还会读取手机的序列号。"),
    ("data-surplus", "我们收集您安装的应用和其他软件的信息。"),
    ("right-narrowed", "- 您有权要求导出部分资料。"),
    ("right-narrowed", "如我们同意批准您的删除申请，会在后台执行。"),
    ("right-narrowed", "您可請求刪除本站所蒐集之錯誤或不完整的個人資料。"),
    ("right-narrowed", "您可以取消某些非必要功能的授权。"),
    ("term-undefined", "视客户的实际情况，数据存放于不同机房。"),
    ("term-undefined", "如有更新，我们会给予您合理的通知。"),
    ("unilateral-change", "若修改导致您的权利重大减少，我们会邮件通知。"),
    ("absolute-claim", "您的利益永远放在第一位。"),
    ("absolute-claim", "我们已通过多项国际安全认证。"),
    ("absolute-claim", "我们将保证或担保您所传资料的安全。"),
    ("retention-vague", "我们在本声明所述目的所需的时间内保存您的资料。"),
    ("purpose-open", "您的信息可用于风控、审计和统计等内部用途。"),
    ("profiling-undisclosed", "我们向您展示更相关的广告。"),
    ("typo", "向国家权利机关报告。"),
    ("typo", "您通本网站的表单提交的资料会被保存。"),
    ("typo", "在填写的资料之前，请阅读本页。"),
    ("typo", "修改一经公示后的5日后生效。"),
    ("typo", "为更好的保护您的隐私，我们加密传输。"),
    ("typo", "您可以快速的查找以往的订单。"),
    ("typo", "我们不对外提供，除非法律要求。"),
    ("typo", "这些供应商 必须签署保密协议。"),
    ("typo", "您有权与其他我们的用户交流。"),
)
SAID += (
    ("typo", "您可以登陆某某云官网查询账单。"),
    ("typo", "用于接受本站的活动推送信息。"),
    ("typo", "设备包括不限于服务器和交换机。"),
    ("typo", "依个人信息保护法第条规定办理。"),
    ("law-misstated", "访问日志属于不能用来识别个人的信息。"),
    ("new-use-optout", "除非事前公告，本站不得将资料用于其他目的。"),
    ("new-use-optout", "除非事先告知或依法令，否則本公司不會將個人資料提供給第三人。"),
    ("list-open", "我們收集特徵資料（年齡、性別等）。"),
)
SAID += (("recipient-open", "我们亦可能共享您的个人信息。"),)
FINE = (
    ("recipient-open", "经您同意后，我们会共享您的信息。"),
    ("vague-timer", "我们将按照法律法规的要求，及时向您告知：事件的基本情况。"),
    ("new-use-optout", "除非取得您的同意，我们不会将资料用于其他目的。"),
    ("new-use-optout", "除非事先告知并取得您的同意，我们不会将资料提供给他人。"),
    ("marketing-default", "如果您不想接收商业性邮件，可以随时退订。"),
    ("confidentiality-conflict", "所收集的昵称不包含其他可识别到个人的信息。"),
    ("purpose-conflict", "个人信息与关联方（仅限有控制权的）共享。"),
    ("reference-unresolved", "其他网站的做法，请参阅该链接网站的隐私政策。"),
    ("typo", "包括但不限于服务器。"),
    ("disclosure-open", "- 遵守法院作出的判决。"),
    ("refusal-broad", "如拒绝您的请求，我们会说明法律上的理由。"),
    ("refusal-broad", "由于技术原因，网站可能暂时无法访问。"),
    ("duty-hedged", "请尽量只填写必要的信息。"),
    ("duty-hedged", "我们尽量以简明的语言撰写本政策。"),
    ("text-open", "本附件构成本政策的一部分。"),
    ("breach-narrowed", "发生泄露时，我们会通知您和监管机构。"),
    ("purpose-open", "本政策涵盖全部使用情形。"),
    ("consent-bundled", "签署《主机租用合同》不代表您同意本政策。"),
    ("children-consent", "儿童的资料我们不会公开，家长同意后才使用。"),
    ("law-misstated", "Cookie中的标识符属于个人信息。"),
    ("law-misstated", "如果您拒绝cookie，我们不会收集您的任何个人信息。"),
    ("data-surplus", "我们不会读取手机的序列号。"),
    ("right-narrowed", "- 您有权要求导出全部资料。"),
    ("right-narrowed", "您可以随时撤回您的同意。"),
    ("term-undefined", "数据存放于上海的机房。"),
    ("term-undefined", "如有更新，我们会提前30日通知您。"),
    ("unilateral-change", "任何修改，我们都会提前30日邮件通知您。"),
    ("absolute-claim", "我们不保证绝对安全。"),
    ("absolute-claim", "互联网并非百分之百安全。"),
    ("absolute-claim", "我们努力保障信息安全。"),
    ("absolute-claim", "用于确定期限的标准包括保证系统安全的需要。"),
    ("vague-timer", "发现密码被盗，请及时通知我们。"),
    ("vague-timer", "您应当立即告知我们。"),
    ("purpose-open", "用于其他目的前，我们会事先征求您的同意。"),
    ("purpose-open", "如因业务需要委托其他单位，本站要求其保密。"),
    ("list-open", "本政策向您说明我们如何收集、使用和保存等内容。"),
    ("list-open", "我们遵循目的明确原则、最少够用原则等。"),
    ("recipient-open", "我们建议您在向第三方提供信息前先阅读其政策。"),
    ("term-undefined", "- 实现“我们如何使用信息”部分所述目的；"),
    ("term-undefined", "某些功能需要特定信息才能提供。"),
    ("typo", "可以根据“十、与我们联系”中的方式联系。"),
    ("typo", "3、与关联公司共享。"),
    ("typo", "做為我們改善服務的參考。"),
    ("typo", "向国家权力机关报告。"),
    ("typo", "更好的保护措施正在部署。"),
    ("typo", "点击 登录 按钮 即可 进入。"),
)


def _rules(text: str) -> set[str]:
    return {f.rule for f in lint_text([Sentence("s1", 1, text, paragraph=1)])}


@pytest.mark.parametrize(("rule", "text"), SAID, ids=[t for _, t in SAID])
def test_said(rule: str, text: str) -> None:
    """A ground kept for oneself, a duty only tried, a slip: found in other words."""
    assert rule in _rules(text)


@pytest.mark.parametrize(("rule", "text"), FINE, ids=[t for _, t in FINE])
def test_fine(rule: str, text: str) -> None:
    """What is bounded, refused or well written is not reported."""
    assert rule not in _rules(text)
