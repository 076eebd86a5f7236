"""Chinese promises that another sentence takes back, what tells people apart, ages, periods, law, and pointers."""

from __future__ import annotations

import pytest

from tests.lint.lines import linted, rules

# rule, then sentences with "//" between; "# " begins a heading, "- " an item
SAID: tuple[tuple[str, str], ...] = (
    # contents that only the owner sees, and a search for forbidden ones
    ("access-conflict", "您的照片仅对您授权的好友可见。//系统会自动扫描并屏蔽色情图片。"),
    ("access-conflict", "笔记内容只有您本人可以查看。//运营团队审核违规信息并予以清理。"),
    ("access-conflict", "聊天消息仅限您与对方读取。//平台会检测违法内容。"),
    ("access-conflict", "文件仅供团队成员访问。//我们会拦截侵权文件。"),
    # deletion of everything, and something that stays
    ("retention-conflict", "账户关闭后，全部数据将被清除。//- 评论内容（其他用户未删除的除外）。"),
    ("retention-conflict", "卸載本程式會刪除全部紀錄。//備份檔案仍保留於雲端硬碟。"),
    (
        "retention-conflict",
        "注销后我们会彻底删除您的资料。//存档的订单资料无法应您的要求删除，我们保留存档且不能删除。",
    ),
    ("retention-conflict", "注销即永久删除全部文件。//账号注销后，我们会删除或匿名处理相关资料。"),
    ("retention-conflict", "关闭账户后，我们将清除所有个人资料。//备份数据不会被删除。"),
    # given to nobody, and to some
    ("confidentiality-conflict", "我們不會將您的帳務資料提供給第三方//我們可能提供資料的情況："),
    (
        "confidentiality-conflict",
        "我们不会向第三方共享或提供您的信息。//在以下情形下，我们可能会披露您的信息：",
    ),
    (
        "confidentiality-conflict",
        "未经您的允许，本站不会公开您的资料。//本站有权在其认为适当时公开任何用户信息。",
    ),
    (
        "confidentiality-conflict",
        "没有您的同意，我们不会透露您的姓名。//公司重组时可能转移您的个人信息。",
    ),
    (
        "confidentiality-conflict",
        "我们不会向任何第三方共享您的资料，除非我们已告知您。//我们与广告联盟共享浏览记录。",
    ),
    ("confidentiality-conflict", "我们要求合作方遵守保密约定。//我们不对第三方的数据处理行为承担责任。"),
    ("confidentiality-conflict", "我们会要求第三方SDK履行同等义务。//本应用不为第三方产品的隐私负责。"),
    # nothing, only, everything
    ("never-vs-may", "# 我们不获取任何个人信息//- 自动采集：运行日志与机型。"),
    ("never-vs-may", "本软件不会收集用户的任何信息。//- 错误报告：用于修复问题。"),
    ("never-vs-may", "除此之外，我们不会采集其他信息。//为了改进体验，我们会记录相关数据。"),
    ("never-vs-may", "我们不收集额外的信息。//问卷中需要填写姓名和电话等信息。"),
    ("never-vs-may", "所有数据均保存在您的手机上。//- 崩溃报告：用于改进稳定性。"),
    ("never-vs-may", "所有運算都在您的裝置上完成，不會上傳至雲端。//- 診斷資料：供我們修正錯誤。"),
    (
        "nameless-conflict",
        "我们不会收集任何可识别的信息。//每个Cookie都带有唯一标识。//广告商进行跨网站追踪。",
    ),
    ("scope-conflict", "我们的资料均来自用户在开户时填写的表格。//我们借助Cookie可以记录浏览习惯。"),
    ("transfer-conflict", "数据存放在中国境内。//- 对象存储由Cloudflare提供。"),
    ("security-conflict", "我们在采集时即已做匿名处理。//我们会通过短信确认您的身份。"),
    ("logging-conflict", "我们不会记录聊天的内容。//- 聊天内容：用于同步。"),
    (
        "change-consent-conflict",
        "只有您点击同意后，新条款才会适用，我们方可使用您的信息。//继续使用本服务即表示接受。",
    ),
    ("purpose-conflict", "- 不進行任何分析//- 功能使用頻率：用於優化體驗"),
    (
        "confidentiality-conflict",
        "合作时，我们会要求其严格履行保密约定。//我们对第三方的隐私保护不承担责任。",
    ),
    # ages
    ("children-conflict", "未满十四岁的儿童须在监护人同意下使用。//我们不会主动收集儿童的信息。"),
    ("children-conflict", "如您未滿18歲，請於家長陪同下註冊。//本公司不會蓄意蒐集未成年人之資料。"),
    ("children-conflict", "本软件主要供年满16周岁的人士使用。//不满16周岁者不得注册，未满16周岁禁止使用。"),
    ("children-age-conflict", "本服务面向年满18岁以上用户。//我们不会收集13岁以下儿童的信息。"),
    # identifiers
    ("definition-conflict", "# 非个人信息//服务器记录您的IP地址。//# 个人信息//我们收集邮箱和IP地址。"),
    ("definition-conflict", "# 我们收集的非个人身份信息//我们读取设备识别码和机型。"),
    ("retention-conflict", "- 消息内容：文字、图片、语音//- 消息记录：保存3年//- 图片数据：保存6个月"),
    # law
    ("retention-short", "访问日志保存30天。"),
    ("retention-short", "- 操作日志：保留三个月"),
    ("retention-short", "登录日志仅留存60日，之后覆盖。"),
    ("law-repealed", "本政策依据GB/T 35273-2017制定。"),
    (
        "consent-waived",
        "下列情形公开披露您的信息无须征得您的同意：//- 为履行您要求签订和履行合同所需；//- 学术研究。",
    ),
    ("dpo-identity", "# 联系//邮箱：info@luyang.cn//# 个人信息保护负责人//请写信至 info@luyang.cn。"),
    ("choice-missing", "依個人資料保護法，我們蒐集您的姓名與電話。"),
    ("security-missing", "本政策说明我们如何保护您的个人信息。//我们收集您的邮箱。"),
    # rights
    ("right-narrowed", "您可要求删除您的资料，//- 下列情形除外：//- 为运营服务所需要的资料"),
    ("right-narrowed", "您可以通过卸载应用撤回授权，即撤回同意请卸载。"),
    ("right-narrowed", "如需撤销授权，请停止使用本服务。"),
    ("breach-narrowed", "如发生数据泄露，我们会在官网发布公告。"),
    ("law-misstated", "我们收集您的生日和性别，是依据法律法规的要求。"),
    ("interest-unspecified", "为追求合法利益，我们会恰当地使用您的订单信息。"),
    ("purpose-open", "- 人脸登录（如将来上线该功能）"),
    ("purpose-open", "未来将支持人脸支付，本政策亦适用于该功能。"),
    ("list-open", "我们会收集有关信息。"),
    ("list-open", "系统会记录相关的数据。"),
    ("disclosure-open", "我们认为合理时，会配合政府机关的调查。"),
    ("data-surplus", "应用会读取手机上安装的软件列表。"),
    ("data-surplus", "- 设备标识（IMEI、OAID、IDFA）"),
    ("data-surplus", "注册需填写出生日期与性别。"),
    ("retention-vague", "- 帳務資料：至少保存七年。"),
    ("retention-vague", "- 合作方资料：合作关系终止后合理期间。"),
    ("retention-vague", "工单一般保存2年。"),
    ("sensitive-consent", "代理服务器会接收到您通讯的全部内容。"),
    ("absolute-claim", "本政策符合《个人信息保护法》和《数据安全法》的全部要求。"),
    # pointers and channels
    ("reference-unresolved", "我们新增了《儿童信息保护规则》。"),
    ("reference-unresolved", "您可以前往退出页面停止个性化广告。"),
    ("contact-invalid", "我们重视您的隐私并收集您的邮箱用于登录，更多说明请访问 https：luyang.cn"),
    ("contact-invalid", "- 微信公众号：扫码关注"),
    ("contact-invalid", "我们重视您的隐私并收集您的邮箱用于登录，有疑问请写信至 mailto : help@luyang.cn"),
    # names and slips
    ("name-inconsistent", "请阅读《绿杨隐私政策》。//您同意《绿杨隐私声明》后方可登录。"),
    ("term-inconsistent", "本软件称为“青禾同步盘”。//青禾会记录登录。//青禾将保存日志。//青禾有权停用账号。"),
    ("term-inconsistent", "- 密码（加密保存）//我们使用bcrypt对密码加密。"),
    ("term-undefined", "匿名化或去标识化：是指去除身份的处理。"),
    (
        "term-undefined",
        "个人信息：是指能识别您的信息。//本政策中涉及的个人信息包括指纹、通讯录、收货地址。//我们收集邮箱。",
    ),
    ("numbering", "# 二、收集//我们收集邮箱。//# 三、使用//用于登录。//# 五、联系//请来信。"),
    ("typo", "我们遵循合法、正规、必要的原则。"),
    ("typo", "您可以选择是否选择接收通知。"),
    ("typo", "使用我们的产品与或服务前请阅读。"),
    ("typo", "绿杨科技（以下简称“我们”）我们重视隐私。"),
    ("typo", "第三方可以放置或放置cookie。"),
    ("typo", "一、收集；//二、使用；//三、共享；//四 、联系；"),
    (
        "duplicate-clause",
        "Google 等供应商会在浏览器中依据访问过的网页向其投放广告。//包括 Google 在内的供应商依据访问过的网页向其投放广告。",
    ),
)
FINE: tuple[tuple[str, str], ...] = (
    ("access-conflict", "您的照片仅对您授权的好友可见。//收到举报后，我们会审核违规内容。"),
    ("access-conflict", "文件仅供团队成员访问。//我们会清理病毒。"),
    ("retention-conflict", "注销后我们会彻底删除您的资料。//备份数据在30天后覆盖。"),
    ("retention-conflict", "卸载会删除全部记录。//您可以自行备份。"),
    (
        "retention-conflict",
        "- 聊天记录：默认保存2年，您可手动设置为永久保存或定期删除//- 日志信息：保存200天后自动删除",
    ),
    ("confidentiality-conflict", "除以下情形外，我们不会向第三方共享您的信息：//- 经您同意；"),
    ("confidentiality-conflict", "未经您的同意，我们不会公开您的资料。//我们每月公布用户总数。"),
    ("confidentiality-conflict", "请妥善保管密码，不要与他人共享。//经您授权，我们与登录平台共享昵称。"),
    (
        "confidentiality-conflict",
        "- 请您保护好账户密码，不要与他人共享//- 与授权的第三方服务商共享必要信息，用于提供服务",
    ),
    (
        "confidentiality-conflict",
        "我们还可能不时使用电子邮件地址和其他个人信息，以便向我们的会员提供改进的内容。//我们可能会以统计信息的形式向合作伙伴提供此信息。",
    ),
    ("confidentiality-conflict", "我们要求合作方遵守保密约定。//第三方违反约定的，我们依法承担责任。"),
    ("never-vs-may", "我们不收集儿童的任何信息。//- 设备信息：机型。"),
    ("never-vs-may", "所有数据均保存在您的手机上。//您可以选择主动提交错误报告。"),
    ("nameless-conflict", "我们不会收集任何可识别儿童的信息。//每个Cookie都带有唯一标识。"),
    ("transfer-conflict", "数据存放在中国境内。//- 对象存储由AWS中国区提供。"),
    ("transfer-conflict", "数据主要存放在中国境内。//如需跨境传输，我们会征得您的单独同意。"),
    ("children-conflict", "我们不会收集儿童的信息。//未成年人须在监护人同意下使用。"),
    ("children-age-conflict", "本服务面向年满18岁以上用户。//我们不会收集未满18岁者的信息。"),
    ("definition-conflict", "# 个人信息//服务器记录您的IP地址。//# 非个人信息//我们统计访问总量。"),
    ("retention-conflict", "- 消息内容：文字、图片、语音//- 消息记录：保存3年//- 图片数据：保存3年"),
    ("retention-short", "访问日志保存六个月。"),
    ("retention-short", "日志保存不少于180天。"),
    ("retention-short", "崩溃日志保存30天。"),
    ("law-repealed", "本政策依据《个人信息保护法》与GB/T 35273-2020制定，取代35273-2017。"),
    ("consent-waived", "下列情形公开披露您的信息无须征得您的同意：//- 与国家安全直接相关的；"),
    ("dpo-identity", "# 个人信息保护负责人//姓名：王小林，邮箱：dpo@luyang.cn。"),
    ("choice-missing", "依個人資料保護法，我們蒐集您的姓名。//您若不提供，將無法完成訂購。"),
    ("choice-missing", "我们收集您的姓名与电话。"),
    ("security-missing", "本政策说明我们如何保护您的个人信息。//传输使用HTTPS加密。"),
    ("right-narrowed", "您可要求删除您的资料，//- 下列情形除外：//- 法律要求保存的资料"),
    ("right-narrowed", "您有权更正、补充不准确或不完整的个人信息。"),
    ("right-narrowed", "您可以在隐私设置中关闭授权开关撤回同意，或卸载应用。"),
    ("breach-narrowed", "发生泄露时，我们会在三日内以短信通知您并报告网信部门。"),
    ("law-misstated", "我们收集您的手机号，以履行实名认证的法定义务。"),
    ("data-surplus", "注册时可选填生日与性别。"),
    ("data-surplus", "我们不会读取手机上安装的软件列表。"),
    ("retention-vague", "登录日志依法留存不少于六个月。"),
    ("retention-vague", "- 本地缓存：您的设备本地临时存储的文件"),
    ("sensitive-consent", "付款由银行处理，我们不存储完整的信用卡号。//我们收集您的订单。"),
    ("sensitive-consent", "生物识别信息：是指指纹、面部特征等，收集指纹需要单独的授权。"),
    ("absolute-claim", "# 三、使用目的//- 防止诈骗及确保平台安全。"),
    ("absolute-claim", "确保用户的数据安全是我们的首要任务。"),
    ("absolute-claim", "我们按照《个人信息保护法》的要求制定本政策。"),
    ("password-encryption", "- 提供密码找回功能"),
    ("contact-invalid", "- 传输使用 HTTPS/WSS 协议"),
    ("contact-invalid", "- 微信公众号：luyang_service"),
    ("contact-invalid", "请写信至 [邮箱](mailto:help@luyang.cn)。"),
    ("reference-unresolved", "# 隐私政策//请您仔细阅读《绿杨隐私政策》，如有疑问请来信。//绿杨重视隐私。"),
    ("reference-unresolved", "# 收集//我们新增了《儿童信息保护规则》。//# 儿童信息保护规则//监护人须同意。"),
    ("business-transfer-unconditional", "- 訂單：購買方案、金額、發票資訊、使用紀錄。"),
    ("marketing-optout", "- 合作申請：公司名稱、聯絡人、推廣資源描述。"),
    ("children-incomplete", "依個人資料保護法辦理。//若您未滿18歲之未成年人，請在法定代理人同意下使用。"),
    ("jurisdiction-unspecified", "法律法规另有规定的，我们会保留您的信息。"),
    ("cookie-consent-missing", "# Cookie与本地存储//搜索偏好仅保存在您的设备本地。//您可以清除缓存。"),
    (
        "cookie-consent-missing",
        "四、我们如何使用 Cookie 和其他追踪技术；//# 四、我们如何使用 Cookie 和其他追踪技术//我们只用必需的Cookie。",
    ),
    ("term-undefined", "# 目的//- 发送重要更新和维护通知"),
    ("transfer-missing", "所有資料均儲存在您的設備本地。"),
    ("retention-missing", "所有資料均儲存在您的設備本地，直到您刪除。"),
    ("punctuation", "每台设备都有互联网协议 ( IP ) 地址。"),
    (
        "duplicate-clause",
        (
            "- 发送邮件至：privacy@luyang-cloud.com//"
            "我们会在收到您的请求后的十五个工作日内处理并以书面形式答复您，请说明事由。//邮箱：privacy@luyang-cloud.com"
        ),
    ),
    (
        "duplicate-clause",
        "我们实际收集的个人信息种类以下文描述为准。//我们保存一年。//我们实际收集的个人敏感信息种类以下文描述为准。",
    ),
    ("typo", "当您访问网站或与我们互动时，我们会记录时间。"),
    ("typo", "未成年人应在监护人参与或同意下使用。"),
    ("name-inconsistent", "请阅读《绿杨隐私政策》和《绿杨隐私协议》。"),
    ("typo", "# 隱私權政策//綠楊設計工程 生效日期：2026年9月1日//我們蒐集姓名。"),
    ("absolute-claim", "请您理解，不存在100%安全的传输方式。"),
    (
        "confidentiality-conflict",
        "本应用不使用任何第三方分析、广告或追踪 SDK。//部分服务没有隐私政策文本，我们将在这些第三方提供隐私政策文本后更新。",
    ),
    ("transfer-conflict", "数据存储在中国境内。//如需向境外传输，我们将遵守法律的要求。"),
    ("transfer-missing", "您的数据加密存储于国内服务器。"),
    ("sensitive-consent", "- 设备信息：机型、设备指纹、主板序列号"),
    ("sensitive-consent", "位置信息：通过IP地址获取的大致位置。"),
    ("rights-retaliation", "撤回同意：您可以通过卸载软件、停止使用等方式撤回对本政策下信息处理的同意。"),
    ("sole-discretion", "是否加入群组由您自行决定；加入后的资料按平台的条款处理。"),
    ("unilateral-change", "您可以在设置中随时查看、修改或删除您的个人信息，也可以注销。"),
    (
        "cookie-consent-missing",
        "我们使用Cookie维持登录状态，这些Cookie是服务所必需的。//您可以通过浏览器设置拒绝Cookie。",
    ),
    ("purpose-open", "手机号用于向您提供平台服务、完成审核，以及与您沟通服务相关事项。"),
    ("cookie-consent-missing", "# Luyang Tracker 隐私政策//Luyang Tracker 分析您上传的成绩。"),
    ("breach-missing", "# 安全//互联网并非绝对安全，任何安全措施都有不足。"),
)


@pytest.mark.parametrize(("rule", "text"), SAID, ids=[f"{r}: {t}" for r, t in SAID])
def test_taken_back(rule: str, text: str) -> None:
    """A promise that is taken back, a misreading of the law or a pointer to nothing is found."""
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), FINE, ids=[f"{r}: {t}" for r, t in FINE])
def test_kept(rule: str, text: str) -> None:
    """What is kept, conditional, defined or only announced is not reported."""
    assert rule not in rules(text)


def test_taiwan() -> None:
    """The law of Taiwan, whose name is the mainland's in simplified characters, asks for its own rights only."""
    found = linted(
        "依個人資料保護法，您可查閱、更正及刪除您的資料，我們於十五日內答覆。",
        "未成年人須經法定代理人同意。",
    )
    told = [f.message for f in found if f.rule == "rights-missing"]
    assert len(told) == 1
    assert told[0].endswith(": copy, stop of processing")
    assert "children-incomplete" not in {f.rule for f in found}
