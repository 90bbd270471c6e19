"""The check of a draft as it stands, and what the writer does about it: fixes, findings set aside, rules."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import replace
from itertools import chain

from assistant.checking import RULES
from assistant.errors import ArchiveError, DraftUnknown, QueryInvalid, Said
from assistant.records import Document
from assistant.service.checking import rules_off
from assistant.service.desk import findings
from assistant.service.desk.base import Touch
from assistant.service.desk.check import Bound, Checked, bind_sources, check_draft
from assistant.service.desk.fields import apart, fixed, is_locked_fix
from assistant.service.desk.findings import Named
from assistant.service.desk.reading import ReadDraft
from assistant.service.desk.sources import DraftSources, OwnArchive
from assistant.service.desk.store import Held
from assistant.service.desk.views import FixView, ReviewView, RuleView, Saved

_OFF = "rules_off"


class Reviewing(DraftSources):
    """Checking, and what follows from it."""

    def review(self, draft_id: str) -> ReviewView:
        """The check of the draft as it stands. Raises DraftUnknown, SettingsInvalid."""
        held = self.store.held(draft_id)
        view = findings.review_view(self.checked(held), held.version, self.store.ignored(draft_id))
        open_ones = sum(not one.ignored for one in view.findings)
        if held.findings != open_ones:
            self.store.count_findings(draft_id, held.version, open_ones)
        return view

    def adopt(self, draft_id: str, version: int, key: str) -> Saved:
        """Apply the fix of one finding.

        Raises:
            DraftUnknown: no such finding, or it has no fix.
            DraftChanged: its section was changed since `version`.
            DraftLocked: the fix is inside a locked sentence.
        """
        held = self.store.held(draft_id)
        one = self._named(held, key)
        fix = findings.fix_view(self.checked(held), one.finding)
        if fix is None:
            raise DraftUnknown(
                reason=Said("这条意见没有可直接采用的改法", "this finding has no fix to apply")
            )
        return self._apply(held, version, [fix], f"采用：{findings.name_of(one.finding.rule)}")

    def adopt_all(self, draft_id: str, version: int, rule: str | None = None) -> Saved:
        """Apply every fix of open findings, or of those of one rule; fixes that overlap wait for the next check.

        Fixes inside locked sentences are left out.

        Raises:
            DraftUnknown: there is no such draft.
            DraftChanged: the draft was changed since `version`.
        """
        held = self.store.held(draft_id)
        checked = self.checked(held)
        aside = self.store.ignored(draft_id)
        chosen = [
            one
            for one in findings.named(checked)
            if one.entry not in aside and rule in (None, one.finding.rule)
        ]
        fixes = [fix for one in chosen if (fix := findings.fix_view(checked, one.finding))]
        fixes = [fix for fix in fixes if not is_locked_fix(held.manuscript, fix)]
        return self._apply(held, version, apart(fixes), "采用全部改法")

    def _apply(self, held: Held, version: int, fixes: Sequence[FixView], why: str) -> Saved:
        if not fixes:
            return Saved(held.version, None, self.review(held.id))
        one_place = Touch(fixes[0].section_id, fixes[0].field) if len(fixes) == 1 else None
        changed = self.change(
            held.id, lambda state: fixed(state, fixes), why, version=version, touch=one_place
        )
        return Saved(changed.version, self.view(changed), self.review(held.id))

    def ignore(self, draft_id: str, key: str) -> ReviewView:
        """Set a finding aside; it stays so while its sentence stays. Raises DraftUnknown."""
        held = self.store.held(draft_id)
        entry = self._named(held, key).entry
        self.store.set_aside(draft_id, findings.key_of(entry), entry)
        return self.review(draft_id)

    def unignore(self, draft_id: str, key: str) -> ReviewView:
        """Count a finding again. Raises DraftUnknown."""
        held = self.store.held(draft_id)
        self.store.count_again(draft_id, findings.key_of(self._named(held, key).entry))
        return self.review(draft_id)

    def rules(self) -> tuple[RuleView, ...]:
        """Every rule with its page, and whether it is on for this owner."""
        off = self.rules_off()
        return tuple(
            RuleView(rule.id, rule.title, rule.severity, rule.id not in off, dict(rule.page))
            for rule in RULES
        )

    def switch_rule(self, rule_id: str, on: bool) -> tuple[RuleView, ...]:
        """Switch a rule on or off for all drafts of this owner.

        Raises:
            QueryInvalid: there is no such rule, or the program's settings switched it off for everybody.
        """
        if rule_id not in {rule.id for rule in RULES}:
            raise QueryInvalid(reason=Said(f"没有规则“{rule_id}”", f"there is no rule “{rule_id}”"))
        if on and rule_id in rules_off(self.office.settings):
            reason = Said("这条规则已由系统设置停用", "the program's settings switched this rule off")
            raise QueryInvalid(reason=reason)
        self.store.switch(_OFF, rule_id, present=not on)
        return self.rules()

    def rules_off(self) -> frozenset[str]:
        """The rules that are off: by the settings for everybody, or by this owner."""
        own = self.store.setting(_OFF).split()
        return frozenset(chain(rules_off(self.office.settings), own))

    def checked(self, held: Held) -> Checked:
        """The check of a state, made once for each version, set of sources and set of rules."""
        bound = self.bound(held)
        off = self.rules_off()
        made_from = (held.version, bound.state, off)
        return self.office.checks.get(held.id, made_from, lambda: check_draft(held.manuscript, bound, off))

    def bound(self, held: Held) -> Bound:
        """The draft's sources, read once for each state of the owner's archive and of what the draft is about."""
        state = held.manuscript
        known = bool(state.organisation and state.year)  # else they are read from title and text
        about = (state.organisation, state.year, state.genre, "" if known else state.title)
        own = self.own_archive()  # its documents, not its generation: others ingest too
        made_from: Hashable = (state.facts, held.sources, about, own.documents, own.fault)
        return self.office.sources.get(held.id, made_from, lambda: self._bind(made_from, held, own))

    def _bind(self, made_from: Hashable, held: Held, own: OwnArchive) -> Bound:
        bound = bind_sources(
            made_from,
            ReadDraft(held.manuscript).document,
            self.facts_file(held.manuscript),
            self._present(held.id, held.sources.prior),
            self._present(held.id, held.sources.documents),
            own.archive if held.sources.archive else None,
        )
        return replace(bound, notes=(*bound.notes, own.fault)) if own.fault else bound

    def _present(self, draft_id: str, ids: Sequence[str]) -> list[Document]:
        """The documents that are still there: one removed from the archive is no source any more."""
        found = []
        for one in ids:
            try:
                found.append(self.source_document(draft_id, one))
            except ArchiveError:
                continue
        return found

    def _named(self, held: Held, key: str) -> Named:
        for one in findings.named(self.checked(held)):
            if one.key == key:
                return one
        raise DraftUnknown(reason=Said("这条意见已不存在", "this finding is gone"))
