"""The front door: the only file that knows every room. Exports `app` and `celery`."""

import gc
import os
import sys

from app.embedded.processes import die_with_parent

if os.environ.get("GUANXI_SUPERVISED"):
    # Before everything else: loading the rest takes a second in which the supervisor may die.
    die_with_parent()

from api.v1 import BLUEPRINTS, DEVELOPMENT_BLUEPRINTS
from app.config import SettingsError, from_environment
from app.factory import CannotStart, create_app, refuse_unsafe_role
from app.http.health import health
from mobile_api.v1 import BLUEPRINTS as PHONE_BLUEPRINTS
from workers.celery_app import create_celery

try:
    settings = from_environment(os.environ)
    doors = [*BLUEPRINTS, *PHONE_BLUEPRINTS, *(DEVELOPMENT_BLUEPRINTS if settings.mailbox_dir else ())]
    app = create_app(settings, mounts=[health, *doors])
    refuse_unsafe_role(app)
except (SettingsError, CannotStart) as error:
    sys.exit(f"guanxi: {error}")
celery = create_celery(app, settings)
# What is loaded by now stays, and what a request or a chunk makes goes without the collector: it need not
# look through all of it every few hundred objects, which took a seventh of an import.
gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 50)
