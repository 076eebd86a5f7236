"""Traditional characters as simplified ones and words of Taiwan as those of the mainland, so that a wording is sought once."""

from __future__ import annotations

import re

# A traditional character, then the simplified one, as policies use them. One character for one, so places in a text agree.
_PAIRS = (
    "個个們们來来為为會会時时對对於于與与後后從从將将這这說说還还過过進进動动問问間间題题開开關关發发經经學学無无現现實实見见長长機机電电"
    "話话網网頁页體体務务處处據据資资訊讯記记錄录號号碼码帳账戶户員员類类別别種种業业產产單单訂订購购買买賣卖費费價价額额錢钱財财稅税貨货"
    "運运輸输傳传遞递轉转換换選选擇择擾扰擁拥擔担護护證证認认識识讓让議议論论評评該该詳详詢询請请謹谨變变譯译讀读設设許许訴诉診诊試试誠诚"
    "語语誤误誰谁調调談谈諸诸諾诺謝谢講讲計计訪访詞词註注閱阅閣阁聞闻閉闭闆板陽阳隊队階阶際际隨随險险隱隐雖虽雙双離离難难雲云靈灵靜静響响"
    "項项須须預预領领頭头頻频願愿顧顾風风馬马騙骗驗验驅驱魚鱼鳥鸟點点黨党齊齐齡龄龍龙龐庞應应態态總总愛爱懷怀懼惧憑凭懲惩戲戏戰战執执擴扩"
    "擬拟損损搖摇撥拨擋挡攝摄敗败數数斷断舊旧曆历曉晓書书東东條条極极榮荣構构標标樣样權权橋桥檔档檢检歐欧歲岁歷历歸归殘残毀毁氣气漢汉決决"
    "沒没況况洩泄淨净測测準准滿满漸渐潔洁濟济濫滥瀏浏災灾煩烦熱热爭争爾尔狀状獎奖獨独獲获環环瑪玛當当療疗癥症盜盗盡尽監监盤盘眾众瞭了確确"
    "礎础礙碍禮礼稱称積积穩稳窮穷竊窃竄窜競竞筆笔節节範范築筑簡简簽签籌筹級级紀纪約约紅红納纳純纯紙纸紛纷細细終终組组結结給给統统絕绝絡络維维"
    "綜综緊紧線线編编緩缓練练縮缩績绩織织繳缴繫系續续罰罚羅罗義义習习聯联聲声職职聽听肅肃脅胁腦脑膚肤臨临舉举艙舱藝艺薦荐藍蓝藥药蘭兰虧亏"
    "蟲虫術术衛卫衝冲裝装裡里裏里製制複复視视覺觉覽览觀观觸触規规訓训託托詐诈誌志豐丰負负貢贡責责貴贵貸贷貿贸賀贺賊贼賓宾賠赔質质賬账賴赖"
    "贊赞贏赢趙赵趨趋跡迹踐践蹤踪軌轨軍军軟软較较載载輔辅輕轻輛辆辦办農农連连週周遊游達达違违遠远適适遲迟遷迁遺遗邊边郵邮鄰邻醫医釋释針针"
    "鈕钮銀银銷销鋪铺錯错鍵键鎖锁鏈链鏡镜鐵铁鐘钟門门閃闪閑闲閒闲陳陈陸陆陣阵雜杂韓韩順顺頒颁頓顿顯显飛飞飾饰餘余館馆驟骤髮发鬥斗黃黄麼么"
    "齒齿併并佈布佔占係系倉仓偵侦偽伪備备傑杰傷伤傾倾僅仅僱雇儘尽優优儲储兒儿內内兩两冊册凍冻凱凯創创劃划劇剧劉刘劑剂勞劳勝胜勢势勵励區区"
    "協协卻却厭厌參参喚唤嘗尝嚴严國国圍围園园圓圆圖图團团堅坚場场塊块塗涂壓压壞坏壽寿夠够夥伙奪夺奮奋婦妇嬰婴孫孙寧宁審审寫写寬宽導导專专"
    "尋寻屆届屬属層层島岛幣币幫帮幾几庫库廠厂廢废廣广廳厅彈弹強强徵征徹彻恆恒惡恶慮虑慣惯慶庆憂忧憲宪懇恳憶忆撫抚擊击擲掷攜携敵敌啟启啓启"
    "喺在嘅的訖讫眞真祕秘採采殺杀滅灭潛潜濕湿爲为牽牵獻献畫画異异疊叠畢毕碩硕禦御緝缉縱纵繼继纖纤罷罢聖圣聰聪腳脚膽胆臟脏舖铺蔣蒋虛虚蝕蚀"
    "補补襲袭訟讼謀谋謂谓譽誉讚赞販贩貧贫貼贴貫贯賜赐賞赏贈赠蹟迹輯辑輪轮轄辖辭辞遙遥郷乡鄉乡鈔钞鉅巨銘铭鋼钢錦锦鍾钟鑑鉴鑒鉴鑰钥閘闸闢辟"
    "隸隶韋韦頂顶頸颈顆颗颱台飯饭飲饮駐驻駕驾騎骑驚惊鮮鲜黏粘臺台嚮向迴回繪绘締缔緣缘羣群並并則则報报刪删灣湾償偿暫暂紋纹徑径討讨營营師师"
    "蓋盖張张匯汇釐厘掛挂紹绍籤签興兴壇坛磯矶諮咨鴻鸿亞亚歡欢帶带掃扫闊阔僑侨騰腾葉叶蘇苏銳锐贓赃飄飘養养覆复蒐收麵面査查況况註注"
    "昇升樓楼牆墙欄栏貓猫綠绿廈厦駁驳丟丢車车螢萤駭骇華华攔拦逕径減减親亲楊杨囑嘱壟垄擷撷檯台櫃柜縣县纜缆臉脸誹诽謄誊謗谤贅赘贖赎釘钉鎮镇鑄铸駛驶騷骚"
)
_SIMPLE = str.maketrans(_PAIRS[::2], _PAIRS[1::2])
# Simplified characters that a traditional text holds as well: other words, or forms that Hong Kong and Taiwan write too.
_BOTH = frozenset(
    "后里面于云只几了采干谷系台制准致征余折卷向回占布托复志着才群升注咨游周迹念杰并出同冲厘吊御据札松柜梁欲症累罗虫表酸斗党借挂"
    "升径面板伙真在的收查身巨粘携秘况决够净册删岩床峰余范启荐唤叠"
)
TRADITIONAL = frozenset(_PAIRS[::2]) - frozenset(_PAIRS[1::2])
"""Characters that only a traditional text holds."""
SIMPLIFIED = frozenset(_PAIRS[1::2]) - frozenset(_PAIRS[::2]) - _BOTH
"""Characters that only a simplified text holds."""
# A word of Taiwan or Hong Kong in simplified characters, then the mainland's, as long as it is.
_WORDS = dict(
    pair.split("=")
    for pair in (
        "资讯=信息 讯息=信息 个人资料=个人信息 个人数据=个人信息 资料库=数据库 伺服器=服务器 软体=软件 "
        "硬体=硬件 网路=网络 程式=程序 "
        "使用者=用户者 登入=登录 揭露=披露 存取=访问 透过=通过 装置=设备 位址=地址 连结=链接 支援=支持 身分=身份 搜集=收集 "
        "行销=营销 行动装置=移动设备 行动电话=移动电话 协力厂商=第三方商 第三人=第三方 关系企业=关联企业 法令=法律 萤幕=屏幕 "
        "介面=界面 频宽=带宽 品质=质量 检视=查看 帐户=账户 帐号=账号 私隐=隐私"
    ).split()
)
_WORD = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))


def simplified(text: str) -> str:
    """The text with simplified characters and the words of the mainland, as long as it was."""
    return _WORD.sub(lambda found: _WORDS[found[0]], text.translate(_SIMPLE))
