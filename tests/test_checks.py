"""Cross-checks speak where something is wrong, and only there; several papers in one file are told apart."""

from __future__ import annotations

from schemas.record import Record
from tests.test_lists import FOOT, HEAD, decision, record_of


def rules_of(record: Record) -> set[str]:
    return {check.rule for check in record.checks}


def test_checks_speak_only_where_something_is_wrong() -> None:
    assert rules_of(decision("Căn cứ Luật Dược ngày 06/4/2016;")) == set()
    assert "date_order" in rules_of(decision("Căn cứ Kế hoạch số 4/KH-UBND ngày 06/9/2025 của UBND tỉnh;"))
    assert "year_group" in rules_of(decision("Căn cứ Thông tư số 8/2023/TT-BYT ngày 14/4/2022 của Bộ Y tế;"))
    assert "missing" in rules_of(
        record_of(HEAD.format(number="     /TB-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo./." + FOOT)
    )
    assert "type_against_code" in rules_of(
        record_of(HEAD.format(number="4/QĐ-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo./." + FOOT)
    )
    assert "leading_zero" in rules_of(
        record_of(HEAD.format(number="4/TB-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo./." + FOOT)
    )
    assert "slash_missing" in rules_of(
        record_of(HEAD.format(number="14TB-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo./." + FOOT)
    )
    stamp = "\n2025-08-01T08:00:00+0700\nViệt Nam\nĐỗ Thị Nhàn <nhan@an.gov.vn> đã ký lên văn bản này!"
    signed = record_of(HEAD.format(number="14/TB-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo./." + FOOT + stamp)
    assert {"signed_before_issue", "signer_against_signature"} <= rules_of(signed)


def test_a_second_paper_in_the_file_is_no_attachment() -> None:
    first = HEAD.format(number="14/TB-SYT") + "THÔNG BÁO\nVề việc nghỉ lễ\nSở thông báo lịch nghỉ./." + FOOT
    second = HEAD.format(number="15/TB-SYT") + "THÔNG BÁO\nVề việc trực lễ\nSở thông báo lịch trực./." + FOOT
    record = record_of(f"{first}\f{second}")
    assert (record.document.code, record.document.title) == ("14/TB-SYT", "Về việc nghỉ lễ")
    assert record.attachments == []
    assert rules_of(record) == {"several_documents"}


def test_a_share_that_is_not_its_own_count_is_told() -> None:
    def report(share: str) -> Record:
        head = HEAD.format(number="14/BC-SYT") + "BÁO CÁO\nKết quả khám chữa bệnh quý II\n"
        return record_of(f"{head}I. KẾT QUẢ\nĐã giải quyết 118/120 hồ sơ, đạt {share}%.{FOOT}")

    assert "results.share" not in rules_of(report("98,3"))
    assert "results.share" in rules_of(report("89,3"))
