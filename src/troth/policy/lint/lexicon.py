"""The words of privacy policies, sorted by what they do: verbs of handling, kinds of data, negations."""

from __future__ import annotations

ACTS: dict[str, str] = {
    "collect": "collect collects collected collecting collection gather gathers gathered gathering obtain obtains "
    "obtained obtaining receive receives received receiving record recorded log logged acquire acquires acquired "
    "capture captures captured asks asked supplement supplements supplemented append requests capture asking gain gains "
    "extract extracts note notes grab grabs grabbed pulls picks supply supplies notes jots writes remembers remember bought buy buys purchased harvest harvests harvested sourced scrape scraped enrols enrolls enrolled "
    "scan scans scanned photograph photographs measure measures enters fill filled",
    "use": "use uses used using process processes processed processing utilize utilizes utilise utilises "
    "utilized utilised employ employs employed train trains trained training analyze analyse analyzes analyses analyzing "
    "analysing combine combines",
    "share": "share shares shared sharing disclose discloses disclosed disclosing disclosure disclosures transfer "
    "transfers transferred transferring transmit transmits transmitted release releases released rent rents rented "
    "sell sells sold selling trade traded furnish furnishes furnished supply supplies supplied circulate circulated distribute distributes distributed surrender surrendered syndicate licensed licence license licenses mirrored synchronised synchronized synced hand hands give gives given feed feeds revealed forward forwards forwarded pass passes passed handed reveal reveals revealed "
    "divulge divulges expose exposes exchange exchanges exchanged lease leases leased outsource outsourced replicated",
    "sell": "sell sells sold selling sale rent rents rented trade trades traded monetize monetise",
    "retain": "retain retains retained retaining retention keep keeps kept keeping store stores stored storing "
    "storage hold holds held save saves saved saving preserve preserves preserved archive archived maintained persist "
    "persists stays stay preserved warehoused remain remains remained retains archives archiving preserving maintain maintains "
    "deposited lodged filed vaulted stockpile stockpiled hoard cached persisted hang hangs sticks stick",
    "erase": "delete deletes deleted deleting deletion erase erases erased erasing erasure destroy destroys "
    "destroyed destruction remove removes removed purge purged anonymize anonymise anonymized anonymised wipe wipes wiped "
    "cleared scrub scrubbed discard discarded shredded disappear disappears overwritten dispose disposed disposal expunged expunge expunges wiping purges purging shred shreds "
    "discards overwrite overwrites depersonalised depersonalized depersonalise depersonalize de-identify de-identified "
    "binned bin bins thrown trashed dropped scrapped dumped wipe nuked obliterated rid zeroed cleansed removes removing removal erases truncated flushed",
    "answer": "respond responds reply replies answer answers answered assist assistance address handle handles "
    "resolve resolves investigate feedback dealt deal process processed comply complies query querying",
    "notify": "notify notifies notified notify inform informs informed announce announced communicate "
    "communicated tell alert",
    "change": "modify modifies modified change changes changed amend amends amended amendment amendments update "
    "updates updated revise revises revised revisions revision modifications adjust",
    "encrypt": "encrypt encrypts encrypted encryption encrypting",
    "monitor": "monitor monitors monitored review reviews reviewing censor inspect scan surveillance",
}

DATA: dict[str, str] = {
    "name": "name names",
    "email": "email emails e-mail e-mails",
    "phone": "phone telephone mobile-phone",
    "address": "address addresses postal",
    "ip": "ip",
    "location": "location geolocation gps",
    "card": "card cards credit-card",
    "bank": "bank",
    "payment": "payment payments billing",
    "identity": "passport id-card licence license",
    "biometric": "biometric biometrics facial fingerprint fingerprints voiceprint face",
    "health": "health medical genetic",
    "log": "log logs logfile logfiles",
    "account": "account accounts",
    "invoice": "invoice invoices accounting",
    "cookie": "cookie cookies",
    "device": "device devices imei identifiers",
    "usage": "usage browsing clickstream",
    "password": "password passwords credentials",
    "order": "order orders purchase purchases transaction transactions",
    "browser": "browser user-agent",
    "birth": "birth age",
    "ticket": "ticket tickets",
    "registration": "registration registrant",
    "backup": "backup backups",
}

NEGATIONS = frozenset(
    [
        "not",
        "never",
        "cannot",
        "neither",
        "nor",
        "don't",
        "doesn't",
        "won't",
        "can't",
        "didn't",
        "isn't",
        "aren't",
    ]
)

STOPWORDS = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "from",
        "as",
        "is",
        "are",
        "be",
        "been",
        "being",
        "was",
        "were",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "we",
        "our",
        "us",
        "you",
        "your",
        "they",
        "their",
        "them",
        "will",
        "shall",
        "may",
        "can",
        "could",
        "would",
        "should",
        "must",
        "any",
        "all",
        "such",
        "other",
        "which",
        "who",
        "when",
        "where",
        "if",
        "not",
        "no",
        "do",
        "does",
        "have",
        "has",
        "had",
        "so",
        "than",
        "then",
        "there",
        "here",
        "more",
        "most",
        "also",
        "into",
        "about",
        "under",
        "up",
        "out",
        "only",
    ]
)

CJK_ACTS: dict[str, tuple[str, ...]] = {
    "collect": ("收集", "获取", "采集", "购买", "录制", "记录"),
    "use": ("使用", "处理", "用于"),
    "share": (
        "共享",
        "分享",
        "披露",
        "提供",
        "转让",
        "传输",
        "出售",
        "公开",
        "交给",
        "交由",
        "转交",
        "透露",
        "告诉",
        "同步给",
        "开放给",
        "移交",
    ),
    "sell": ("出售", "出租"),
    "retain": ("保存", "保留", "存储", "留存", "储存"),
    "erase": ("删除", "销毁", "匿名化"),
    "answer": ("答复", "回复", "处理", "反馈", "响应"),
    "notify": ("告知", "通知", "公告"),
    "change": ("修改", "修订", "更新", "变更"),
    "encrypt": ("加密",),
}

CJK_DATA: dict[str, tuple[str, ...]] = {
    "name": ("姓名", "昵称"),
    "photo": ("头像",),
    "identifier": ("openid", "序列号"),
    "email": ("邮箱", "电子邮件"),
    "phone": ("手机", "电话"),
    "address": ("地址",),
    "ip": ("ip",),
    "location": ("位置",),
    "card": ("银行卡", "信用卡"),
    "identity": ("身份证", "护照", "身份信息"),
    "biometric": ("人脸", "指纹", "生物识别"),
    "health": ("健康",),
    "log": ("日志",),
    "account": ("账号", "账户", "帐号"),
    "order": ("订单", "交易"),
    "device": ("设备", "imei"),
    "cookie": ("cookie",),
    "password": ("密码", "口令"),
}


def _invert(table: dict[str, str]) -> dict[str, tuple[str, ...]]:
    words: dict[str, list[str]] = {}
    for label, listed in table.items():
        for word in listed.split():
            words.setdefault(word, []).append(label)
    return {word: tuple(dict.fromkeys(labels)) for word, labels in words.items()}


ACT_OF = _invert(ACTS)
DATA_OF = _invert(DATA)


def stem(word: str) -> str:
    """A crude stem: enough to see that "logs" and "log", "stored" and "store" are the same word."""
    for ending, shortest in (("ies", 5), ("ing", 6), ("ed", 5), ("es", 5), ("s", 4), ("e", 4)):
        if word.endswith(ending) and len(word) >= shortest:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
