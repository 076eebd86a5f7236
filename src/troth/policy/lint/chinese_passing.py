"""Who gets data, from whom it comes and where it goes, in Chinese."""

from __future__ import annotations

from troth.policy.lint.chinese_wording import Wording
from troth.policy.lint.chinese_words import COLLECT, DATA, GIVE, NEVER, NOTICE, OTHERS, WE, YOU
from troth.policy.lint.phrase import Phrase

_PLACE = (
    r"(?:美国|日本|新加坡|德国|英国|法国|荷兰|爱尔兰|韩国|加拿大|澳大利亚|澳洲|台湾|香港将军澳|东京|法兰克福|阿里云|腾讯|支付宝|微信支付|顺丰|华为|"
    r"注册局|互联网络信息中心)"
)
RECIPIENTS = Wording(
    "open-ended/recipient-open",
    "warn",
    "recipients that nobody can name",
    "name the recipients, or their kinds with the purpose and the data of each",
    "GDPR Art. 13(1)(e); PIPL Art. 17, 23; PDPO DPP1(3)",
    Phrase(
        rf"(?:与|向|同|和|给|予|给予|委托|接收方|提供给|转移予|披露予)[^。；]{{0,40}}{OTHERS}[^。；]{{0,40}}(?:{GIVE}|处理|合作|推广)|"
        rf"{GIVE}(?:给|予|至)?[^。；]{{0,24}}{OTHERS}|{OTHERS}[^。；]{{0,14}}(?:可以|可|会|能够|有权|也可以)[^。；]{{0,6}}(?:访问|{COLLECT}|使用|接触|查看)|"
        rf"(?:不包括|不含)[^。；]{{0,40}}(?:协助|帮助|为您服务)[^。；]{{0,40}}{OTHERS}|(?:受信任|可信赖|值得信赖|精选|优选)的?[^。；，,]{{0,6}}{OTHERS}|"
        rf"(?:接收方|接收者|受让人)[^。；]{{0,6}}(?:包括|为)[^。；]{{0,30}}{OTHERS}|{DATA}[^。；]{{0,10}}(?:在|于)[^。；]{{0,10}}{OTHERS}[^。；]{{0,6}}(?:流转|共用|传阅)"
    ),
    Phrase(
        rf"上述(?:任何)?第三方|{NEVER}|无权|未经|请勿|不应|请不要|不承担|不负责|链接|匿名|统计|去标识|脱敏|(?:只|仅)(?:会)?(?:将|向|就|交|提供)|附录|附件|详见|以下|下列|下表|如下|清单|{NOTICE}|"
        rf"同意后|明确同意|单独同意|授权同意|合并|收购|破产|重组|法律|法规|法院|司法|监管|您(?:主动|自行|选择)|{_PLACE}|除外|他人|若不愿|不愿意|可要求|要求本公司|用户提出要求|另一(?:家)?服务|经您|(?:客户|您)(?:须|应|可)|{YOU}向"
    ),
)
SOURCES = Wording(
    "open-ended/source-open",
    "warn",
    "sources that nobody can name",
    "name the sources, and what comes from each",
    "GDPR Art. 14(2)(f); PIPL Art. 17",
    Phrase(
        rf"(?:其他|其它|不同|别|外部|公开|各种|任何|合法|商业|市场|公共)的?(?:来源|渠道|途径|处|机构|第三方|领域)[^。；，,]{{0,16}}{COLLECT}|"
        rf"(?:从|由|向|经|通过)[^。；，,]{{0,12}}(?:第三方|第三者|合作(?:伙伴|方|机构)|有关机构|关联公司|经销商|外部|同行)[^。；]{{0,20}}(?:{COLLECT}|提供(?:给我们|予本公司))|"
        rf"(?:外部|外购|购得|购买|购入|外来)[^。；，,]{{0,8}}(?:数据|名单|资料)|公开[^。；]{{0,14}}信息[^。；]{{0,14}}{COLLECT}|"
        r"(?:他人|别人|任何第三方|其他渠道|其他人)[^。；]{0,8}(?:向我们提供|提供予?(?:本公司|我们)|提供给我们)|引用[^。；]{0,8}外部[^。；]{0,6}数据|"
        rf"(?:不同|各种|其他)(?:的)?(?:途径|渠道)[^。；]{{0,8}}{COLLECT}|可以获得信息的途径"
    ),
    Phrase(
        rf"合法公开(?:披露)?的信息|{NEVER}|不购买|并无|是指|均由|您有权|有权了解|请勿|原注册商|{_PLACE}|昵称和头像|您应|建议您|终端用户|公安|核验。|不从"
    ),
)
ABROAD = Wording(
    "risky-promise/transfer-undisclosed",
    "warn",
    "data goes to other countries, and neither the countries nor the safeguards are named",
    "name the countries, the receivers and the safeguards",
    "GDPR Art. 13(1)(f), 44-49; PIPL Art. 38-40; PDPO DPP5, s. 33",
    Phrase(
        rf"(?:境外|海外|国外|全球|世界各地|跨境|(?:大陆|内地|中国|本国|国境)(?:之外|以外)|(?:国家|地区|香港|境内)(?:或地区)?以外的?(?:其他)?(?:地方|地区|国家|服务器|伺服器)|其他(?:国家|司法))[^。；]{{0,40}}"
        r"(?:传|转移|存放|存储|储存|处理|提交|发送|访问|流转|管理|查看|团队|伙伴|机房|分析平台|注册局|服务器|伺服器|法例)|"
        rf"{DATA}[^。；]{{0,24}}(?:传|转移|存放|存于|存储|储存|提交|发送|转至|流转)[^。；]{{0,12}}(?:境外|海外|国外|全球|世界各地|其他国家|以外的?(?:地方|地区|国家))|"
        r"无法(?:说明|确定|告知)[^。；]{0,10}(?:存储|存放)(?:的)?(?:地点|位置)|"
        rf"(?:不同|多个|若干|其他|其它)的?(?:不同的?)?(?:国家|司法管辖区)[^。；]{{0,16}}(?:路由|传输|传送|中转|流转|存储|处理|服务器|机房)"
    ),
    Phrase(
        rf"标准合同|{NEVER}|仅保存|只(?:储存|保存|存)|均?存储于境内|单独同意|告知[^。；]{{0,4}}接收方|信用卡|支付|未经|{_PLACE}|示范条文|客户可自行选择|全球隐私控制|安全评估|不存在跨境"
    ),
)
SHIELD = Wording(
    "risky-promise/transfer-safeguard-invalid",
    "block",
    "a safeguard that a court has struck down",
    "use standard contractual clauses or an adequacy decision in force",
    "GDPR Art. 44-49; CJEU C-362/14, C-311/18",
    Phrase(r"(?:隐私|私隐)护?盾|安全港|safe ?harbou?r|privacy ?shield|2016/1250|2000/520"),
    Phrase(r"无效|失效|不以|不再|版权|高防|whois|加购|失去效力"),
)
SALE = Wording(
    "risky-promise/data-sale",
    "warn",
    "personal data is sold",
    "say to whom and for what, ask for separate consent, or stop it",
    "PIPL Art. 10, 23; PDPO s. 35I-35K; Cal. Civ. 1798.120",
    Phrase(
        rf"{DATA}[^。；]{{0,24}}(?:有偿|出售|出租|售予|售卖|转售|卖给|变现|买卖|销售|互换|换取|购得|牟利)|(?:有偿|出售|出租|售予|售卖|卖给|变现|买卖|打包销售|互换)[^。；]{{0,14}}{DATA}|"
        rf"{DATA}[^。；]{{0,24}}(?:取得|获取|获得|收取|换取)[^。；，,]{{0,8}}(?:收益|报酬|费用|佣金|金钱|对价)|"
        rf"(?:收益|报酬|佣金|金钱|对价|酬劳)[^。；]{{0,14}}(?:对价|{DATA})|数据经纪"
    ),
    Phrase(
        rf"{NEVER}|未经|请勿|严禁|您购买|手续费|资料要求|合理费用|不超乎|拒绝[^。；]{{0,2}}出售|不[^。；，,]{{0,16}}(?:有偿|出售|出租|售予|售卖|转售|卖给|变现|买卖|销售)|域名持有人可|退款|推荐好友|合并|收购|重组|订单|资产出售|(?:公司|资产|业务)(?:的)?(?:出售|转让)"
    ),
)
OUSTED = Wording(
    "risky-promise/business-transfer-unconditional",
    "warn",
    "data moves with the company without notice, consent or duty",
    "tell the person who takes over, and bind the new owner to this policy",
    "PIPL Art. 22; GDPR Art. 14",
    Phrase(
        rf"(?:合并|收购|并购|破产|清算|重组|分拆|分立|(?:企业|资产|业务|公司|服务器)[^。；，,]{{0,4}}(?:出售|转让)|转让[^。；，,]{{0,3}}(?:业务|资产)|股权变更|控制权)[^。；]{{0,40}}{DATA}?[^。；]{{0,24}}"
        r"(?:转移|转交|转让|移交|披露|提供|归|处置|交付|成为|获取|使用|取得)|"
        rf"(?:承让人|受让人|受让方|继承人|投资人|收购方|买方|新的?(?:拥有人|所有者|主体))[^。；]{{0,24}}(?:{DATA}|使用)|{DATA}[^。；]{{0,30}}(?:承让人|受让人|受让方|投资人|收购方|买方)"
    ),
    Phrase(
        rf"{NEVER}|{NOTICE}|告知您|继续(?:履行|受|遵守)|约束|删除|无(?:法)?控制权|没有控制权|第三方提供|未得|域名转移|过户|并未改变|统计|提前|公告|通知全体|重新(?:取得|征得)"
    ),
)
OPEN_GROUND = Wording(
    "undefined-term/disclosure-open",
    "warn",
    "data is disclosed on a ground that nobody can check",
    "name the law, the order and who may ask; tell the person where the law allows it",
    "GDPR Art. 5(1)(a)-(b), 6(1)(c); PIPL Art. 13; PDPO DPP3, s. 58",
    Phrase(
        rf"(?:维护|保障|保护|避免|为了)[^。；，,]{{0,10}}(?:{WE}|自身|声誉)[^。；，,]{{0,14}}(?:利益|权益|权利|财产|声誉|安全|受损)[^。；]{{0,24}}(?:{GIVE})|"
        rf"(?:{WE}[^。；，,]{{0,10}}|善意(?:地)?|真诚(?:地)?)(?:认为|相信|判断|认定)[^。；，,]{{0,14}}(?:必要|适当|适合|合适|需要|符合|有助|恰当)[^。；]{{0,60}}(?:{GIVE}|交予|交给)|"
        rf"应(?:其|他们|政府|有关|执法|主管|警方|公安)[^。；，,]{{0,10}}(?:要求|请求)[^。；]{{0,50}}(?:政府|执法|机关|机构|部门|警方)[^。；]{{0,30}}(?:{GIVE})|"
        rf"(?:依据|根据|按照|依照)[^。；，,]{{0,14}}(?:或者?|及|、|和|以及)[^。；，,]{{0,14}}(?:协议|规则|政策|条款|管理办法)[^。；，,]{{0,6}}(?:披露|公开|公布|共享)|"
        rf"(?:公共利益|公众利益|公益)[^。；]{{0,14}}(?:我们|有权|可以|可)[^。；]{{0,8}}(?:{GIVE})|"
        rf"(?:有关|相关|执法)(?:单位|部门|机关|机构)[^。；]{{0,10}}(?:要求|查询)[^。；]{{0,24}}(?:{GIVE})|"
        rf"(?:可疑|涉嫌|违规者|恶意|影响[^。；，,]{{0,8}}秩序)[^。；]{{0,24}}(?:报给|告知|公布|披露|交给|提供|公开)|紧急(?:情况|情形)[^。；]{{0,20}}(?:披露|提供|公开)|"
        rf"(?:即使|纵使)没有(?:法庭|法院|法律)[^。；]{{0,20}}(?:{GIVE})"
    ),
    Phrase(
        rf"仅在|没有法律文书|除非法庭|{NEVER}|不(?:向|把)|您判断|您(?:可以|可)向|向主管部门投诉|监管机构报告|依照《|请妥善|方可|第三方网站|依据法院"
    ),
)

WORDINGS = (RECIPIENTS, SOURCES, ABROAD, SHIELD, SALE, OUSTED, OPEN_GROUND)
