"""What services answer, in the shapes of the public API: invented people at invented employers."""

from typing import Any

RECORD = "019a0000-0000-7000-8000-000000000000"
PROGRAMME: dict[str, Any] = {
    "programme": "dezhou-talent-pool",
    "title": {"zh": "德州市高层次人才库", "en": "Dezhou High-Level Talent Pool"},
    "accounts": "self_registered",
    "registration": {
        "fields": [
            {
                "field": "name",
                "type": "text",
                "title": {"zh": "姓名", "en": "Name"},
                "help": None,
                "required": True,
                "max_length": 200,
                "choices": [],
            }
        ]
    },
    "window": None,
    "categories": [],
    "support": {"telephones": ["0531-55575449"], "qq_group": "568699641"},
    "tiers": [
        {
            "tier": "employer",
            "title": {"zh": "用人单位", "en": "Employer"},
            "skipped_for_municipal": False,
            "classifies": False,
        },
        {
            "tier": "county_hr_bureau",
            "title": {"zh": "县（市、区）人社局", "en": "County HR bureau"},
            "skipped_for_municipal": True,
            "classifies": False,
        },
    ],
    "sections": [
        {
            "section": "education",
            "title": {"zh": "教育经历情况", "en": "Education"},
            "repeated": True,
            "minimum": 1,
            "fields": [
                {
                    "field": "school",
                    "type": "text",
                    "title": {"zh": "毕业院校", "en": "School"},
                    "help": None,
                    "required": True,
                    "max_length": 200,
                    "choices": [],
                }
            ],
        }
    ],
}
SUBMISSION: dict[str, Any] = {
    "submission_id": RECORD,
    "programme": "dezhou-talent-pool",
    "version": 2,
    "status": "returned",
    "tier": "county_hr_bureau",
    "category": None,
    "filed_at": "2026-11-10T01:12:00Z",
    "membership": None,
    "progress": [
        {
            "tier": "employer", "organization": {"name": "鲁北新材料有限公司"}, "state": "done", "decision": "approve",
            "decided_at": "2026-11-12T07:40:00Z", "comment": "同意推荐",
        },
        {
            "tier": "county_hr_bureau", "organization": {"name": "德城区人力资源和社会保障局"}, "state": "done",
            "decision": "return", "decided_at": "2026-11-18T02:05:00Z", "comment": "<b>证书</b>不清晰",
        },
        {"tier": "county_talent_office", "organization": None, "state": "todo", "decision": None,
         "decided_at": None, "comment": None},
    ],
    "remarks": [{"section": "education", "entry": RECORD, "field": "school", "scan": None, "page": None, "box": None,
                 "comment": "请填写全称"}],
}  # fmt: skip
CASE: dict[str, Any] = {
    "case_id": RECORD,
    "submission_id": RECORD,
    "programme": "dezhou-talent-pool",
    "applicant": {"account_id": RECORD, "name": "张伟"},
    "employer": {"organization_id": RECORD, "name": "鲁北新材料有限公司", "municipal": False},
    "organization": {"name": "德城区人力资源和社会保障局"},
    "tier": "county_hr_bureau",
    "state": "in_review",
    "attention": 1,
    "claimed_by": None,
    "snapshot": {"version": 2, "filed_at": "2026-11-10T01:12:00Z", "sections": [
        {"section": "education", "entries": [{"entry_id": RECORD, "values": {"school": "清华大学"}}]}]},
    "scans": [],
    "changed_since_last_seen": [{"section": "education", "entry_id": RECORD, "field": "school", "kind": "changed",
                                 "old": "清华", "new": "清华大学"}],
    "version": 2,
    "filed_at": "2026-11-10T01:12:00Z",
    "waiting_since": "2026-11-12T07:40:00Z",
    "mine": True,
    "history": [{"at": "2026-11-10T01:12:00Z", "event": "filed", "tier": "employer", "organization": None,
                 "reviewer": None, "version": 2, "decision": None, "comment": None},
                {"at": "2026-11-12T07:40:00Z", "tier": "employer", "organization": {"name": "鲁北新材料有限公司"},
                 "reviewer": {"name": "刘敏"}, "version": 2, "decision": "approve", "comment": "同意推荐"}],
}  # fmt: skip
CHANGE: dict[str, Any] = {
    "change_request_id": RECORD,
    "submission_id": RECORD,
    "programme": "dezhou-talent-pool",
    "applicant": {"account_id": RECORD, "name": "陈静"},
    "section": "education",
    "entry_id": RECORD,
    "kind": "change",
    "changes": [{"field": "school", "old": "山东大学", "new": "山东大学（威海）"}],
    "scans": [],
    "reason": "校名有误",
    "filed_at": "2026-11-10T01:12:00Z",
    "status": "waiting",
    "comment": None,
}
ME: dict[str, Any] = {"name": "张伟", "roles": ["applicant"], "must_change_password": False}
LETTER = {
    "message_id": "m1", "to": "zhang.wei@demo.juxian.test", "subject": "申报已退回",
    "sent_at": "2026-11-18T02:05:01Z", "text": "请修改：\nhttp://localhost:8000/submissions/1 <script>", "html": "<p>",
}  # fmt: skip
REFUSED: dict[str, Any] = {"code": "bad_credentials", "detail": "用户名或密码不正确。", "status": 401}
PIXEL = "data:image/png;base64,iVBORw0KGgo="
SOUND = "data:audio/wav;base64,UklGRg=="
CAPTCHA: dict[str, str] = {"captcha_id": RECORD, "image": PIXEL, "audio": SOUND}
ANSWERS: dict[tuple[str, str], tuple[int, Any]] = {
    ("GET", "/me"): (200, ME),
    ("POST", "/captchas"): (201, CAPTCHA),
    ("POST", "/sessions"): (401, REFUSED),
    ("POST", "/me/password"): (204, None),
    ("DELETE", "/sessions/current"): (204, None),
    ("POST", "/password-resets"): (202, None),
    ("POST", "/password-resets/t0ken"): (204, None),
    ("POST", "/me/email-confirmations/t0ken"): (204, None),
    ("GET", "/programmes"): (200, {"items": [PROGRAMME], "next_cursor": None}),
    ("GET", "/programmes/dezhou-talent-pool"): (200, PROGRAMME),
    ("GET", f"/submissions/{RECORD}"): (200, SUBMISSION),
    ("GET", f"/change-requests/{RECORD}"): (200, CHANGE),
    ("GET", f"/review/cases/{RECORD}"): (200, CASE),
    ("GET", f"/review/change-requests/{RECORD}"): (200, CHANGE),
    ("GET", "/dev/mailbox/messages"): (200, {"items": [LETTER]}),
}
