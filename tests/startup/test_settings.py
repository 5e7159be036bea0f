"""Every setting that is missing or wrong is named in one line."""

import pytest

from app.config import SettingsError, from_environment

GOOD = {
    "DATABASE_URL": "postgresql://guanxi_app:secret@db:5432/guanxi",
    "REDIS_URL": "redis://broker:6379/0",
    "GUANXI_SECRET_KEY": "x" * 32,
    "GUANXI_PUBLIC_URL": "https://crm.example.com/",
}
WRONG = [
    ("DATABASE_URL", ""),
    ("DATABASE_URL", "mysql://u:hidden@db/guanxi"),
    ("DATABASE_URL", "postgresql://u:hidden@db:port/guanxi"),
    ("DATABASE_URL", "postgresql://"),
    ("REDIS_URL", ""),
    ("REDIS_URL", "http://broker"),
    ("REDIS_URL", "redis://broker:port/0"),
    ("GUANXI_SECRET_KEY", ""),
    ("GUANXI_SECRET_KEY", "hidden"),
    ("GUANXI_FORMER_SECRET_KEYS", "x" * 32 + " hidden"),
    ("GUANXI_PUBLIC_URL", "ftp://example.com"),
    ("GUANXI_PUBLIC_URL", "http://crm.example.com"),
    ("GUANXI_PUBLIC_URL", "https://"),
    ("GUANXI_PUBLIC_URL", "https://crm.example.com:port"),
    ("GUANXI_ENVIRONMENT", "staging"),
    ("GUANXI_SMTP_PORT", "0"),
    ("GUANXI_SMTP_PORT", "65536"),
    ("GUANXI_SMTP_PORT", "-1"),
    ("GUANXI_SMTP_PORT", "２５x"),
    ("GUANXI_SMTP_TLS", "ssl"),
    ("GUANXI_LOG_LEVEL", "LOUD"),
    ("GUANXI_TRUSTED_PROXIES", "6"),
    ("GUANXI_FILE_MEGABYTES", "0"),
    ("GUANXI_FILE_MEGABYTES", "61"),
    ("GUANXI_FILES_GIGABYTES", "0"),
    ("GUANXI_FILE_STORE", "tape"),
    ("GUANXI_MAILBOX_DIR", "var/mailbox"),
    ("GUANXI_SMS_BOX", "var/sms"),
    ("GUANXI_SMS_TENCENT_ENDPOINT", "sms.tencentcloudapi.com"),
]


def test_reads_good_settings() -> None:
    settings = from_environment(GOOD)
    assert settings.database_url == "postgresql+psycopg://guanxi_app:secret@db:5432/guanxi"
    assert settings.public_url == "https://crm.example.com"
    assert settings.environment == "production"
    assert settings.cookie_secure is True


@pytest.mark.parametrize(("name", "value"), WRONG)
def test_names_the_setting_that_is_wrong(name: str, value: str) -> None:
    with pytest.raises(SettingsError) as refused:
        from_environment({**GOOD, name: value})
    said = str(refused.value)
    assert said.startswith(name)
    assert "\n" not in said
    assert "hidden" not in said or name not in {"DATABASE_URL", "GUANXI_SECRET_KEY"}
