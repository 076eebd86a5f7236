"""Chinese statements that need a second one: promises taken back, pointers, names, what stands twice, what is missing."""

from __future__ import annotations

import pytest

from tests.lint.lines import rules

# rule, then sentences with "//" between; "# " begins a heading, "- " an item
SAID: tuple[tuple[str, str], ...] = (
    (
        "change-consent-conflict",
        "如要把资料用于别的目的，我们会另行征得您的同意。//您在条款变更后继续访问控制台，即视为接受变更后的全部条款。",
    ),
    (
        "change-consent-conflict",
        "使用场景超出原有范围的，本站将再次取得用户同意。//修订后继续登录本站，即表示您同意受新条款的约束。",
    ),
    (
        "change-consent-conflict",
        "資料用於新的用途前，我們會重新徵求您的同意。//修訂後繼續使用，即代表您接受更新後的條款。",
    ),
    ("access-conflict", "您可以在后台查看和删除您的资料。//出于安全考虑，部分资料可能无法修改或删除。"),
    ("access-conflict", "您有权查询、更正、删除您的个人信息。//某些信息将不予提供查询。"),
    ("confidentiality-conflict", "我们绝不出售客户资料。//客户名单属于公司资产，可随业务一并转让。"),
    ("confidentiality-conflict", "本店不会销售您的信息。//所收集的信息将被视为一项资产。"),
    ("never-vs-may", "我们不会复制您上传的任何文件。//所有文件每日自动备份到另一机房的服务器。"),
    ("never-vs-may", "平台绝不备份您的代码。//构建时平台会拉取源代码进行编译。"),
    (
        "definition-conflict",
        "我们收集的个人信息包括姓名、电话和IP地址。//统计服务商会获取访客的IP地址和浏览器版本，但不收集任何个人信息。",
    ),
    ("never-vs-may", "软件安装后，我们不收集用户的任何信息。//本软件需要您的个人信息才能激活。"),
    (
        "confidentiality-conflict",
        "我们确保这些公司遵守同等的保密标准。//我们无法控制供应商如何履行保密责任。",
    ),
    ("confidentiality-conflict", "合作伙伴均受保密协议约束。//我们不能保证合作伙伴都会采取保密措施。"),
    ("choice-conflict", "关闭手机定位即可停止位置信息的收集。//我们也会根据IP地址判断您所在地。"),
    ("choice-conflict", "您可授权我们把信息用于其他服务。//在一项服务中收集的信息，也会用于我们的其他服务。"),
    (
        "notice-conflict",
        "法律要求另行告知的，我们会在操作页面提供告知。//如果法律要求单独告知，我们可能会在设置页面另行提供。",
    ),
    ("purpose-conflict", "未经您书面同意，不会将资料用于其他目的。//- 有利于当事人权益。"),
    (
        "confidentiality-conflict",
        "本站绝不提供您的资料给其他个人或企业。//上述例外情形包括但不限于下列各项。",
    ),
    ("confidentiality-conflict", "本站絕不會出租您的個人資料給任何團體。//本站委託廠商處理訂單及資料。"),
    ("confidentiality-conflict", "存取紀錄僅供內部使用，絕不公開。//- 法律明文規定。"),
    ("never-vs-may", "只有在您开启同步时，我们才会在云端处理您的内容。//应用内使用Bugly收集崩溃日志。"),
    ("role-conflict", "本公司是您个人信息的处理者。//数据控制者：某某科技。"),
    ("retention-conflict", "三十天后完成最终删除。//订单记录可能会保留较长时间。"),
    (
        "confidentiality-conflict",
        "除法律规定或者您授权外，我们不会与他人分享您的信息。//- 语音会发送给模型厂商识别。",
    ),
    (
        "confidentiality-conflict",
        "除此之外，我们不会向任何人提供您的资料。//除法律要求外，我们绝不与他人共享您的资料。",
    ),
    (
        "confidentiality-conflict",
        "我们不会向无关的第三方提供您的信息。//第三方会在本站放置cookie，例如百度统计。",
    ),
    ("choice-conflict", "注册时您必须提交姓名和身份证号码。//使用可选的跨境服务时，请上传身份证。"),
    ("reference-unresolved", "# 一、收集//我们收集邮箱。//# 二、联系//请按“五、投诉渠道”中的方式联系。"),
    ("reference-unresolved", "# 收集//我们收集邮箱。//# 联系//结果会寄到本声明第8点的邮箱。"),
    ("reference-unresolved", "我们依《云主机服务协议》行使权利。"),
    ("reference-unresolved", "用户违反服务条款的，我们会披露其资料。"),
    ("reference-unresolved", "文中术语均附有提供进一步解释的链接。"),
    ("reference-unresolved", "部分服务适用单独的隐私条款。"),
    ("basis-missing", "本政策介绍我们处理数据的法律依据。//我们收集您的邮箱用于登录。"),
    (
        "contact-invalid",
        "绿杨科技重视您的隐私。//我们收集邮箱。//我们用它登录。//我们保存一年。//联系邮箱：privacy@tencent.com",
    ),
    ("heading-unanswered", "# 政策//我们重视隐私。//# 自动采集的信息//您可以上传和分享图片。"),
    ("name-inconsistent", "本隐私政策说明我们如何收集您的信息。//我们会修改本隐私条款并提前三十日通知您。"),
    ("name-inconsistent", "# 隱私權政策//本隱私權聲明適用於全部服務。"),
    (
        "term-inconsistent",
        "商城店铺（以下简称“平台”）由您自行管理。//云管理后台（以下简称“平台”）由我们运营。",
    ),
    ("term-inconsistent", "请保管好您的OpenKey，不要告诉他人。//登录时需要填写Openkey。"),
    ("term-inconsistent", "本政策面向商户（以下简称“您”）。//如果您是在第三方商户处购物，请联系该商户。"),
    ("term-inconsistent", "签约时我们收集个人信息：企业名称、统一社会信用代码。"),
    (
        "typo",
        "您可以注册账号。//您可以查询资料。//您可以删除资料。//您可以导出资料。//您可以注销账号。//我们会把账单发给你。",
    ),
    (
        "duplicate-clause",
        "注册时，我们收集姓名、手机号、电子邮箱、通信地址、公司名称。//这些信息用于登录。//下单时，我们收集姓名、手机号、电子邮箱、通信地址和订单。",
    ),
    (
        "duplicate-clause",
        "您不填写必要资料的，我们可能无法开通该项服务。//我们保存一年。//您不填写某些必要资料的，我们可能无法开通该项服务。",
    ),
    (
        "duplicate-clause",
        "本站要把资料用于本文以外的用途时，会先征得您同意。//本站要把资料用于其他用途时，会先征得您同意。",
    ),
    ("duplicate-clause", "# 适用//本政策不适用于第三方网站。//# 链接//第三方服务不受本政策约束。"),
    (
        "duplicate-clause",
        "# 安全//委托第三方处理时，我们要求其保密。//# 共享//委托其他机构处理的，我们进行监督。",
    ),
    ("duplicate-item", "# 披露//- 遵守适用的法律法规的规定。//- 我们有理由相信须遵守法律法规的规定。"),
    (
        "duplicate-item",
        (
            "# 披露//- 遵守法院作出的判决和裁定；//- 保护用户的人身和财产安全；//- 执行我们与您签订的服务合同；//"
            "# 保存//- 遵守法院作出的判决和裁定；//- 保护用户的人身和财产安全；//- 执行我们与您签订的服务合同；"
        ),
    ),
    ("breach-missing", "# 信息安全//我们采用加密等安全措施保护您的信息。"),
    ("sdk-incomplete", "- SDK名称：极光推送//- 开发者：某公司//- SDK名称：地图定位//- 开发者：另一公司"),
    (
        "recipients-conflict",
        "您的消息会转入手机厂商平台（如荣耀、魅族）推送。//- SDK名称：魅族推送//- 功能：推送",
    ),
    ("list-open", "您的消息会转发给推送厂商（例如荣耀、魅族）。"),
    ("permissions-missing", "本App收集您的手机号。//您可以在本App中注销账号。"),
    ("supplement-empty", "# 台灣使用者補充說明//我們可能會另行提供告知。//# 聯絡//請來信。"),
    ("biometric-undeclared", "- 刷脸识别认证：姓名、证件号码。"),
    ("purposes-missing", "我們在該特定目的範圍內利用您的資料。"),
    ("purposes-missing", "# 收集//我们只会出于以下目的使用您的信息：//# 共享//我们不共享。"),
    ("placeholder", "# 为您提供配送服务（示例）//我们收集地址。"),
)
SAID += (
    ("rights-missing", "您可以查阅、复制、更正、删除您的个人信息。//您可以撤回同意。"),
    ("sentence-incomplete", "- 姓名；//- 浏览器版本和设备型//- 访问的页面；//- 订单。//设备型号用于统计。"),
    ("term-undefined", "我们收集您的身份证号码。//敏感个人信息例如宗教信仰、医疗记录受到严格保护。"),
    ("transfer-undisclosed", "我们的合作方可能并非位于您所在的国家，也会收到资料。"),
    ("sensitive-consent", "付款时需要您提供银行或支付宝账户信息。"),
    ("deadline-too-long", "复杂的请求，答复时间可能延长三个月。"),
)
SAID += (
    (
        "recipient-open",
        "我们向境内用户提供服务。//相关接收方类别包括：//- 托管服务提供者//- 支付服务提供者//- 分发平台",
    ),
)
FINE = (
    (
        "rights-missing",
        "使用者可隨時要求查詢、更正、刪除個人資料，亦可索取副本。//我們於十五日內答覆使用者的請求。//使用者可撤回同意。",
    ),
    (
        "mixed-language",
        "我們收集您的姓名及傳真號碼。//我們收集電子郵件地址。//資料會於一年後刪除。//您可以來信查詢個人資料。",
    ),
    ("recipients-unnamed", "我们与第三方服务提供商共享信息，例如付款处理和客户支持。"),
    ("typo", "信息用于：提供您请求的服务、与您沟通、排查故障。"),
    ("marketing-optout", "我们收集页面浏览统计、广告数据和日志。"),
    (
        "sentence-incomplete",
        "- 姓名和地址；//- 便于联系及更新您的资料//- 浏览器版本；//- 订单。//- 更新资料；",
    ),
    ("children-missing", "閣下的電郵地址會用於寄存服務。//我們承諾保障私隱。"),
    (
        "change-consent-conflict",
        "用于其他目的时，我们会另行征得您的同意。//您继续使用服务不视为同意变更，变更须您点击确认。",
    ),
    (
        "access-conflict",
        "您可以查看和删除您的资料。//部分资料可能无法删除，例如法律要求留存的账单，我们会说明理由。注销不受影响。",
    ),
    ("never-vs-may", "我们不会备份您的照片。//请您自行备份照片。"),
    ("definition-conflict", "我们收集的个人信息包括IP地址。//统计服务商获取IP地址，该地址属于个人信息。"),
    ("never-vs-may", "我们不收集儿童的任何信息。//本软件需要您的手机号才能激活。"),
    ("confidentiality-conflict", "供应商均受保密协议约束。//我们无法控制其他网站的做法。"),
    ("choice-conflict", "关闭定位即可停止位置信息的收集。//我们不会从照片中读取位置。"),
    ("role-conflict", "本公司是您个人信息的处理者。//受托人作为数据处理者按合同行事。"),
    ("reference-unresolved", "# 一、收集//我们收集邮箱。//# 二、投诉渠道//请按“二、投诉渠道”中的方式联系。"),
    ("reference-unresolved", "我们依《云主机服务协议》（https://example.cn/terms）行使权利。"),
    ("contact-invalid", "腾讯云重视您的隐私。//我们收集邮箱。//联系邮箱：privacy@tencent.com"),
    ("heading-unanswered", "# 政策//我们重视隐私。//# 自动采集的信息//服务器日志记录IP地址和访问时间。"),
    ("name-inconsistent", "本隐私政策说明我们如何收集您的信息。//请阅读第三方的隐私声明。//本政策每年复核。"),
    ("term-inconsistent", "请保管好您的OpenKey。//登录时需要填写OpenKey，请勿截图。"),
    ("term-inconsistent", "绿杨商城（以下简称“平台”）由我们运营。//绿杨商城（以下简称“平台”）提供配送。"),
    (
        "duplicate-clause",
        "# 收集//我们收集姓名、手机号、电子邮箱、地址。//# 共享//我们向配送公司共享姓名、手机号、电子邮箱、地址。",
    ),
    ("duplicate-clause", "您可以撤回对定位的授权。//我们保存一年。//您可以撤回对相册的授权。"),
    ("duplicate-item", "# 披露//- 遵守法院作出的判决和裁定；//# 保存//- 遵守税务机关的保存要求；"),
    (
        "breach-missing",
        "# 信息安全//我们采用加密等安全措施保护您的信息。//发生泄露时，我们会在三日内通知您和网信部门。",
    ),
    (
        "sdk-incomplete",
        "- SDK名称：极光推送//- 使用目的：推送消息；收集信息：设备标识//- SDK名称：地图定位//- 使用目的：定位；收集信息：位置",
    ),
    ("permissions-missing", "本App收集您的手机号，并申请相机权限用于扫码。//您可以在本App中注销账号。"),
    (
        "supplement-empty",
        "# 台灣使用者補充說明//您有權查詢、更正及刪除，並可於十五日內獲得答覆。//# 聯絡//請來信。",
    ),
    ("biometric-undeclared", "- 人脸识别认证：姓名、证件号码、面部照片。"),
    ("placeholder", "# 为您提供配送服务//我们收集地址（例如门牌号）。"),
    ("retention-indefinite", "所有笔记都会一直保存在您的手机中，除非您删除。"),
    ("confidentiality-conflict", "只有授权人员才可访问个人信息。//经您同意后，我们向合作伙伴提供订单。"),
    ("confidentiality-conflict", "我们不会为第三方的营销目的与他人共享资料。//我们与配送公司共享收件地址。"),
    ("contact-missing", "如有疑问，请拨打固话0451-88001234。"),
    (
        "numbering",
        "# (一)引言//重视隐私。//# (二)范围//全部服务。//# (三)信息//# 3.1身份信息//姓名。//# 3.2操作//日志。//# 3.3位置//无。",
    ),
    ("sentence-incomplete", "- 姓名；//- 浏览器版本；//- 访问页面；//- 订单"),
    ("sentence-incomplete", "- 姓名//- 浏览器版本//- 访问页面//- 订单"),
    ("term-undefined", "我们收集您的身份证号码。//敏感个人信息例如身份证号码、银行账号受到严格保护。"),
    ("deadline-too-long", "复杂的请求，答复时间可能延长十五日。"),
    ("basis-missing", "本服務面向歐盟用戶。//我們依據以下法律基礎：履行契約、同意、法律義務。"),
    ("disclosure-open", "與學術機構合作，基於公共利益而有必要提供，且資料無從識別特定當事人。"),
    (
        "name-inconsistent",
        "请阅读《隐私政策》与《服务条款》（以下合称“本协议”）。//本隐私政策自2025年1月1日生效。",
    ),
    ("transfer-undisclosed", "目前不会跨境传输。如需跨境传输，我们将告知您接收方并取得您的同意。"),
    ("absolute-claim", "为了让您放心使用，我们制定本政策。"),
    ("absolute-claim", "境外接收方的安全保证措施会一并告知您。"),
    ("profiling-undisclosed", "我们通过您的主动提交、自动识别等方式获取信息。"),
    ("reference-unresolved", "我们依据《信息安全技术个人信息安全规范》制定本政策。"),
    ("reference-unresolved", "- 附件二進位內容與附件中繼資料"),
    ("reference-unresolved", "请仔细阅读本《个人信息保护声明》（以下简称“本声明”）。"),
)


@pytest.mark.parametrize(("rule", "text"), SAID, ids=[t for _, t in SAID])
def test_pair(rule: str, text: str) -> None:
    """Sentences that can not stand together, or need what is not there, are found."""
    assert rule in rules(text)


@pytest.mark.parametrize(("rule", "text"), FINE, ids=[t for _, t in FINE])
def test_peace(rule: str, text: str) -> None:
    """Sentences that agree, and pointers that lead somewhere, are not reported."""
    assert rule not in rules(text)
