"""The register of vendors."""

from app.config import Settings
from app.sms.states import Vendor
from app.sms.vendors.aliyun import Aliyun, AliyunCallback
from app.sms.vendors.contract import Callback, Credentials, SmsVendor
from app.sms.vendors.tencent import Tencent, TencentCallback

_endpoints = dict.fromkeys(Vendor, "")
CALLBACKS: dict[Vendor, Callback] = {Vendor.TENCENT: TencentCallback(), Vendor.ALIYUN: AliyunCallback()}


def configure(settings: Settings) -> None:
    """Say where vendors are, if not where they say themselves; called once by the factory."""
    _endpoints[Vendor.TENCENT] = settings.sms_tencent_endpoint
    _endpoints[Vendor.ALIYUN] = settings.sms_aliyun_endpoint


def vendor(which: Vendor, credentials: Credentials) -> SmsVendor:
    """A vendor, for one account."""
    made = Tencent if which is Vendor.TENCENT else Aliyun
    return made(credentials, _endpoints[which])
