"""The one exception tree. Every error a person can meet has a code, a sentence and a hint in two languages.

```
AssistantError
├── InputError                 what was given cannot be used
│   ├── FileUnreadable         input.unreadable    file missing, empty, broken or not text
│   ├── FileRefused            input.refused       over a limit, encrypted, wrong type, unsafe
│   ├── FormatUnknown          input.format        no loader for this kind of file
│   ├── FactsInvalid           input.facts         facts file has no facts, no title, or bad headings
│   └── QueryInvalid           input.query         empty or over-long question, unknown filter or id
├── ModelError                 a model could not do its part
│   ├── ModelMissing           model.missing       weights not fetched and no network
│   ├── ModelCorrupt           model.hash          fetched bytes do not have the pinned hash
│   ├── ModelResources         model.resources     too little disk or memory
│   ├── ModelUnavailable       model.unavailable   server did not start, refused, or went away
│   ├── ModelTimeout           model.timeout       no piece of text within the limit
│   ├── ModelRejected          model.rejected      endpoint answered 4xx (key, quota, context length)
│   ├── ModelAnswerInvalid     model.answer        empty, malformed or refused answer
│   └── QueueFull              model.queue         too many jobs wait for the model
├── ArchiveError               the archive cannot be read or written
│   ├── ArchiveReadOnly        archive.readonly    folder or database cannot be written
│   ├── ArchiveDamaged         archive.damaged     index and catalogue disagree; `repair` mends it
│   ├── ArchiveBusy            archive.busy        another process is writing
│   ├── ArchiveUnavailable     archive.unavailable database or vector server does not answer
│   ├── EmbeddingMismatch      archive.embeddings  vectors were made by another embedding model
│   └── DocumentUnknown        archive.document    no document with that id
├── DraftError                 a draft of the desk cannot be used or changed
│   ├── DraftUnknown           draft.unknown       no draft, section, revision or finding with that name
│   ├── DraftChanged           draft.changed       somebody else changed it since; both texts are kept
│   ├── DraftLocked            draft.locked        a locked sentence would be changed
│   ├── DraftBusy              draft.busy          its section is being written by a job
│   └── JobFailed              draft.job           a job met something nobody foresaw
├── ExportError                export.failed       the output could not be written
├── PageError                  the page refuses a request, or failed
│   ├── LoginNeeded            page.login          nobody is logged in, or the session has ended
│   ├── LoginRefused           page.refused        name or password wrong, or the account is disabled
│   ├── LoginLocked            page.locked         too many failed logins; wait
│   ├── RequestForeign         page.foreign        another site, or another name of this machine, asked
│   ├── RequestUnusable        page.request        a value is missing or of a wrong type
│   ├── QuotaReached           page.quota          the owner's uploads take up too much room
│   ├── FileGone               page.file           no such file for this owner
│   ├── ReadingStopped         page.stopped        somebody stopped the reading of a long file
│   └── PageFailed             page.failed         something nobody foresaw
├── AccountError               an account cannot be made or changed
│   ├── AccountInvalid         account.invalid     name or password cannot be used
│   ├── AccountTaken           account.taken       there is an account of that name
│   └── AccountUnknown         account.unknown     there is none
└── SettingsInvalid            settings.invalid    a setting has an unusable value
    ├── PortBusy               page.port           another program listens on the port
    └── AccountsNeeded         page.accounts       reachable from other machines without accounts
```
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, Literal

Language = Literal["zh", "en"]


class Said(str):
    """What the program says, in both languages: the Chinese words, which carry the English ones as `en`.

    It is the Chinese text wherever text is wanted. Cutting or joining it (`strip`, `+`, an f-string) leaves
    plain Chinese behind: build what is put together as a `Said` of its own, from `zh` and `en`.

    >>> sentence = Said("没有标题", "there is no title")
    >>> sentence, in_language(sentence, "en"), in_language("云溪县", "en")
    ('没有标题', 'there is no title', '云溪县')
    """

    __slots__ = ("en",)
    en: str

    def __new__(cls, zh: str, en: str) -> Said:
        """Both sentences; the Chinese one decides about equality and order."""
        said = super().__new__(cls, zh)
        said.en = en
        return said

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """What a copy is made from."""
        return self.zh, self.en

    @property
    def zh(self) -> str:
        """The Chinese words alone."""
        return str(self)

    @classmethod
    def joined(cls, parts: Iterable[str], between: str = "；", between_en: str = "; ") -> Said:
        """Several sentences as one."""
        told = tuple(parts)
        return cls(between.join(told), between_en.join(in_language(one, "en") for one in told))


def in_language(text: str, language: Language) -> str:
    """`text` in `language` if it is a `Said`; any other text is somebody's own words and stays."""
    return (text.en if language == "en" else text.zh) if isinstance(text, Said) else text


class AssistantError(Exception):
    """Base of every error raised on purpose; `details` fill the sentence's `{placeholders}`.

    Subclasses set `code`, and a sentence and a hint in Chinese and English. A sentence says what
    happened, a hint what the person can do; neither carries a path of the server.
    """

    code: ClassVar[str] = "error"
    zh: ClassVar[str] = "出现错误：{reason}"
    en: ClassVar[str] = "Something went wrong: {reason}"
    hint_zh: ClassVar[str] = "请重试；如仍失败，请把错误代码告诉管理员。"
    hint_en: ClassVar[str] = "Try again; if it still fails, give the error code to your administrator."

    def __init__(self, **details: object) -> None:
        self.details = {"reason": "", **details}
        super().__init__(self.sentence("en"))

    def sentence(self, language: Language = "zh") -> str:
        """What happened, one sentence in `language`."""
        return self._told(self.zh, self.en, language)

    @property
    def said(self) -> Said:
        """What happened, in both languages."""
        return Said(self.sentence("zh"), self.sentence("en"))

    def hint(self, language: Language = "zh") -> str:
        """What to do about it, one sentence in `language`."""
        return self._told(self.hint_zh, self.hint_en, language)

    def _told(self, zh: str, en: str, language: Language) -> str:
        details = {
            name: in_language(detail, language) if isinstance(detail, str) else detail
            for name, detail in self.details.items()
        }
        return (zh if language == "zh" else en).format_map(_Blank(details))


class _Blank(dict[str, object]):
    """A missing detail leaves a blank: an error must never fail while it is being told."""

    def __missing__(self, key: str) -> str:
        return ""


class InputError(AssistantError):
    """What was given cannot be used."""

    code = "input"


class FileUnreadable(InputError):
    """The file is missing, empty, broken or not text. Details: name, reason."""

    code = "input.unreadable"
    zh = "无法读取“{name}”：{reason}"
    en = "Cannot read “{name}”: {reason}"
    hint_zh = "请确认文件存在、未损坏，能用 Word 或记事本正常打开后再试。"
    hint_en = "Check that the file exists and opens in Word or a text editor, then try again."


class FileRefused(InputError):
    """The file is over a limit, encrypted, of a wrong type or unsafe. Details: name, reason."""

    code = "input.refused"
    zh = "“{name}”未被接收：{reason}"
    en = "“{name}” was refused: {reason}"
    hint_zh = "请去除密码、解压或拆分文件，另存为 .docx、.xlsx、.txt 或 .pdf 后再试。"
    hint_en = (
        "Remove the password, unpack or split the file, save it as .docx, .xlsx, .txt or .pdf, and try again."
    )


class FormatUnknown(InputError):
    """No loader reads this kind of file. Details: name, supported."""

    code = "input.format"
    zh = "不支持“{name}”的格式"
    en = "The format of “{name}” is not supported"
    hint_zh = "可用的格式：{supported}。"
    hint_en = "Supported formats: {supported}."


class FactsInvalid(InputError):
    """A facts file cannot be used. Details: name, reason, line."""

    code = "input.facts"
    zh = "事实材料“{name}”不能使用：{reason}"
    en = "The facts file “{name}” cannot be used: {reason}"
    hint_zh = (
        "事实材料应有标题行、“# 一、……”形式的章节和“- ”开头的要点，可参照 knowledge_base/facts 中的样例。"
    )
    hint_en = "A facts file has a title, headings such as “# 一、…” and bullets; see knowledge_base/facts."


class QueryInvalid(InputError):
    """A question, filter or id cannot be used. Details: reason."""

    code = "input.query"
    zh = "无法检索：{reason}"
    en = "Cannot search: {reason}"
    hint_zh = "请输入一句不超过 2000 字的问题，并检查筛选条件。"
    hint_en = "Enter a question of at most 2,000 characters and check the filters."


class ModelError(AssistantError):
    """A model could not do its part."""

    code = "model"


class ModelMissing(ModelError):
    """The pinned weights are not here and could not be fetched. Details: name, reason."""

    code = "model.missing"
    zh = "内置模型“{name}”尚未下载：{reason}"
    en = "The embedded model “{name}” has not been fetched: {reason}"
    hint_zh = "联网后运行 assistant models pull；或设置 OPENAI_BASE_URL 和 ASSISTANT_CHAT_MODEL 使用已有的模型服务。"
    hint_en = (
        "Run `assistant models pull` with a network, or set OPENAI_BASE_URL and ASSISTANT_CHAT_MODEL "
        "to use an endpoint."
    )


class ModelCorrupt(ModelError):
    """Fetched bytes do not have the pinned hash; they were not used. Details: name, expected, actual."""

    code = "model.hash"
    zh = "模型文件“{name}”校验不符，已停止使用"
    en = "The model file “{name}” does not have the pinned hash and was not used"
    hint_zh = "请重新运行 assistant models pull；如反复出现，请检查软件源。"
    hint_en = "Run `assistant models pull` again; if it repeats, check your package source."


class ModelResources(ModelError):
    """Too little disk or memory. Details: resource, needed, available."""

    code = "model.resources"
    zh = "{resource}不足：需要 {needed}，可用 {available}"
    en = "Not enough {resource}: {needed} needed, {available} available"
    hint_zh = "请清理磁盘或关闭其他程序后再试。"
    hint_en = "Free some disk space or close other programs and try again."


class ModelUnavailable(ModelError):
    """The model's server did not start, refused the connection or went away. Details: reason."""

    code = "model.unavailable"
    zh = "模型服务不可用：{reason}"
    en = "The model service is unavailable: {reason}"
    hint_zh = "请检查模型地址和网络；使用内置模型时直接重试即可。已完成的内容不受影响。"
    hint_en = "Check the endpoint address and network; with the embedded model just try again."


class ModelTimeout(ModelError):
    """No piece of text came within the limit. Details: seconds."""

    code = "model.timeout"
    zh = "模型 {seconds} 秒内没有回应，已停止等待"
    en = "The model did not answer within {seconds} seconds"
    hint_zh = "请稍后重试；可用 ASSISTANT_CHAT_TIMEOUT 调整等待时间。已完成的内容不受影响。"
    hint_en = "Try again later; ASSISTANT_CHAT_TIMEOUT sets the limit. Finished text is kept."


class ModelRejected(ModelError):
    """The endpoint refused the request. Details: status, reason."""

    code = "model.rejected"
    zh = "模型服务拒绝了请求（{status}）：{reason}"
    en = "The model service refused the request ({status}): {reason}"
    hint_zh = "请检查密钥、额度和模型名称。"
    hint_en = "Check the key, the quota and the model name."


class ModelAnswerInvalid(ModelError):
    """The answer is empty, malformed or a refusal. Details: reason."""

    code = "model.answer"
    zh = "模型的回答不能使用：{reason}"
    en = "The model's answer cannot be used: {reason}"
    hint_zh = "请重试，或换用其他模型。"
    hint_en = "Try again, or use another model."


class QueueFull(ModelError):
    """Too many jobs wait already; nothing was begun. Details: waiting."""

    code = "model.queue"
    zh = "排队已满：前面还有 {waiting} 项任务在等待"
    en = "The queue is full: {waiting} jobs are waiting"
    hint_zh = "请过几分钟再试；文稿没有任何改动。"
    hint_en = "Try again in a few minutes; the draft was not changed."


class ArchiveError(AssistantError):
    """The archive cannot be read or written."""

    code = "archive"


class ArchiveReadOnly(ArchiveError):
    """The archive's folder or database cannot be written. Details: reason."""

    code = "archive.readonly"
    zh = "资料库不能写入：{reason}"
    en = "The archive cannot be written: {reason}"
    hint_zh = "请检查资料库文件夹的权限和磁盘空间，或用 ASSISTANT_HOME 指定另一个文件夹。"
    hint_en = "Check the folder's rights and the disk, or set ASSISTANT_HOME to another folder."


class ArchiveDamaged(ArchiveError):
    """Index and catalogue disagree. Details: reason."""

    code = "archive.damaged"
    zh = "资料库索引不完整：{reason}"
    en = "The archive's index is incomplete: {reason}"
    hint_zh = "请运行 assistant repair，原文不会丢失。"
    hint_en = "Run `assistant repair`; no text is lost."


class ArchiveBusy(ArchiveError):
    """Another process is writing to the archive. Details: reason."""

    code = "archive.busy"
    zh = "资料库正被另一个程序写入：{reason}"
    en = "Another process is writing to the archive: {reason}"
    hint_zh = "请等待它完成后再试。"
    hint_en = "Wait for it to finish and try again."


class ArchiveUnavailable(ArchiveError):
    """The database or the vector server does not answer. Details: reason."""

    code = "archive.unavailable"
    zh = "资料库连接不上：{reason}"
    en = "The archive cannot be reached: {reason}"
    hint_zh = "请检查 ASSISTANT_DATABASE_URL、ASSISTANT_CHROMA_URL 和网络后再试。"
    hint_en = "Check ASSISTANT_DATABASE_URL, ASSISTANT_CHROMA_URL and the network, then try again."


class EmbeddingMismatch(ArchiveError):
    """The archive's vectors were made by another embedding model. Details: archive, configured."""

    code = "archive.embeddings"
    zh = "资料库的向量由“{archive}”生成，与当前的“{configured}”不一致，不能混用"
    en = "The archive's vectors come from “{archive}”, not from the configured “{configured}”"
    hint_zh = "请改回原来的向量模型，或运行 assistant repair --re-embed 全部重新生成。"
    hint_en = "Set the former embedding model again, or run `assistant repair --re-embed`."


class DocumentUnknown(ArchiveError):
    """No document with that id. Details: document."""

    code = "archive.document"
    zh = "资料库中没有编号为“{document}”的文档"
    en = "The archive has no document “{document}”"
    hint_zh = "请用 assistant library list 查看编号。"
    hint_en = "Use `assistant library list` to see the ids."


class DraftError(AssistantError):
    """A draft of the desk cannot be used or changed."""

    code = "draft"


class DraftUnknown(DraftError):
    """The owner has no such draft, section, revision or finding. Details: reason."""

    code = "draft.unknown"
    zh = "找不到这份内容：{reason}"
    en = "There is no such thing: {reason}"
    hint_zh = "它可能已被删除或改动，请刷新页面后再试。"
    hint_en = "It may have been removed or changed; reload the page and try again."


class DraftChanged(DraftError):
    """The same part was changed elsewhere since. Details: reason, section_id, field, version, text (the newer one)."""

    code = "draft.changed"
    zh = "这一部分已在别处改动：{reason}"
    en = "This part was changed elsewhere: {reason}"
    hint_zh = "现在显示的是较新的内容；你的改动已另存为名为“冲突”的修订，可在修订中比较和恢复。"
    hint_en = "The newer text is shown; yours is kept as a revision named “冲突”, to be compared or restored."


class DraftLocked(DraftError):
    """A locked sentence would be changed. Details: reason (the sentence)."""

    code = "draft.locked"
    zh = "这句话已锁定，不能改动：{reason}"
    en = "This sentence is locked and cannot be changed: {reason}"
    hint_zh = "如需修改，请先解除锁定。"
    hint_en = "Unlock it first if it should change."


class DraftBusy(DraftError):
    """A section is being written, or waits for it. Details: reason (the job)."""

    code = "draft.busy"
    zh = "这部分正在写作（{reason}），请等它完成或先停止"
    en = "This part is being written ({reason}); wait for it or stop it"
    hint_zh = "可以先写其他章节；正在写的内容不受影响。"
    hint_en = "Write another section meanwhile; what is being written is not affected."


class JobFailed(DraftError):
    """A job met something nobody foresaw; the log has it."""

    code = "draft.job"
    zh = "任务因内部错误中断，已完成的内容都在"
    en = "The job ended by an internal error; what is finished is kept"


class ExportError(AssistantError):
    """The output could not be written. Details: name, reason."""

    code = "export.failed"
    zh = "“{name}”未能写出：{reason}"
    en = "“{name}” could not be written: {reason}"
    hint_zh = "请检查目标文件夹是否可写、文件是否正被打开。"
    hint_en = "Check that the folder can be written and the file is not open elsewhere."


class SettingsInvalid(AssistantError):
    """A setting has an unusable value. Details: name, reason."""

    code = "settings.invalid"
    zh = "设置项 {name} 的值不能使用：{reason}"
    en = "The setting {name} has an unusable value: {reason}"
    hint_zh = "请检查环境变量和 .env 文件。"
    hint_en = "Check the environment variables and the .env file."


class PortBusy(SettingsInvalid):
    """Another program listens on the port, or it may not be used. Details: port."""

    code = "page.port"
    zh = "端口 {port} 已被占用或不允许使用，页面没有启动"
    en = "Port {port} is taken or not allowed; the page was not started"
    hint_zh = "用 assistant serve --port 换一个端口，例如 --port 7861；或关闭占用它的程序。"
    hint_en = (
        "Choose another with `assistant serve --port`, for instance 7861, or close the program that has it."
    )


class AccountsNeeded(SettingsInvalid):
    """The page would be reachable from other machines, and nobody has an account. Details: host."""

    code = "page.accounts"
    zh = "页面将对其他机器开放（{host}），但还没有任何账号，因此没有启动"
    en = (
        "The page would be reachable from other machines ({host}) and there is no account; it was not started"
    )
    hint_zh = "先用 assistant accounts add 姓名 添加账号；只在本机使用时去掉 --host。"
    hint_en = (
        "Add one with `assistant accounts add NAME` first; leave --host away to use it on this machine only."
    )


class PageError(AssistantError):
    """The page refuses a request, or failed."""

    code = "page"


class LoginNeeded(PageError):
    """Nobody is logged in, or the session has ended."""

    code = "page.login"
    zh = "尚未登录，或登录已过期"
    en = "You are not logged in, or the session has ended"
    hint_zh = "请重新登录；正在编辑的文字会保留。"
    hint_en = "Log in again; the text being edited is kept."


class LoginRefused(PageError):
    """Name or password wrong, or the account is disabled: which of these is not told."""

    code = "page.refused"
    zh = "用户名或密码不正确"
    en = "The name or the password is wrong"
    hint_zh = "请核对后再试；忘记密码时请管理员用 assistant accounts password 重设。"
    hint_en = (
        "Check both and try again; an administrator can set a new one with `assistant accounts password`."
    )


class LoginLocked(PageError):
    """Too many failed logins. Details: seconds."""

    code = "page.locked"
    zh = "登录失败次数过多，请 {seconds} 秒后再试"
    en = "Too many failed logins; try again in {seconds} seconds"
    hint_zh = "如果不是本人操作，请告诉管理员。"
    hint_en = "If it was not you, tell your administrator."


class RequestForeign(PageError):
    """Another site asked in the writer's name, or this machine was called by a name that is not its own."""

    code = "page.foreign"
    zh = "请求不是从本页面发出的，已拒绝"
    en = "The request did not come from this page and was refused"
    hint_zh = "请在浏览器地址栏直接打开本页面的地址。"
    hint_en = "Open the page's own address in the browser."


class RequestUnusable(PageError):
    """A value of a request is missing or of a wrong type. Details: reason."""

    code = "page.request"
    zh = "请求的内容不能使用（{reason}）"
    en = "The request cannot be used ({reason})"
    hint_zh = "请刷新页面后再试。"
    hint_en = "Reload the page and try again."


class QuotaReached(PageError):
    """The owner's uploads take up too much room. Details: limit."""

    code = "page.quota"
    zh = "上传的文件已达到上限（{limit}）"
    en = "The uploaded files have reached the limit ({limit})"
    hint_zh = "请先在资料库删除不用的文件，再上传。"
    hint_en = "Remove files that are no longer needed from the library, then upload."


class FileGone(PageError):
    """No such file for this owner; another's files are as if they were not there."""

    code = "page.file"
    zh = "找不到这个文件"
    en = "There is no such file"
    hint_zh = "请重新上传或重新导出。"
    hint_en = "Upload or export it again."


class ReadingStopped(PageError):
    """Somebody stopped the reading of a long file; nothing of it was kept. Details: name."""

    code = "page.stopped"
    zh = "已停止读取“{name}”"
    en = "The reading of “{name}” was stopped"
    hint_zh = "没有任何改动；需要时可再次选用这个文件。"
    hint_en = "Nothing was changed; choose the file again when you want it."


class PageFailed(PageError):
    """Something nobody foresaw; the log has it. Details: kind."""

    code = "page.failed"
    zh = "页面内部出错（{kind}）"
    en = "The page failed inside ({kind})"
    hint_zh = "已保存的内容不受影响，请重试；如仍失败，请把错误代码告诉管理员。"
    hint_en = (
        "What is saved is unharmed; try again, and give the code to your administrator if it still fails."
    )


class AccountError(AssistantError):
    """An account cannot be made or changed."""

    code = "account"


class AccountInvalid(AccountError):
    """A name or password cannot be used. Details: reason."""

    code = "account.invalid"
    zh = "账号不能使用：{reason}"
    en = "The account cannot be used: {reason}"
    hint_zh = "用户名为 1–40 个汉字、字母、数字或 . _ -；密码至少 10 个字符。"
    hint_en = "A name has 1 to 40 letters, digits, or . _ -; a password at least 10 characters."


class AccountTaken(AccountError):
    """There is an account of that name already. Details: name."""

    code = "account.taken"
    zh = "账号“{name}”已存在"
    en = "There is an account “{name}” already"
    hint_zh = "换一个用户名；要改密码，用 assistant accounts password。"
    hint_en = "Choose another name; `assistant accounts password` sets a new password."


class AccountUnknown(AccountError):
    """There is no account of that name. Details: name."""

    code = "account.unknown"
    zh = "没有账号“{name}”"
    en = "There is no account “{name}”"
    hint_zh = "用 assistant accounts list 查看已有的账号。"
    hint_en = "`assistant accounts list` shows the accounts."
