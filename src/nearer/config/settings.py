"""Settings of a Nearer site. Everything that differs between sites comes from the environment."""

from __future__ import annotations

import hashlib
from pathlib import Path

import wagtail
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from nearer.config import env
from nearer.foundation import sealing

PACKAGE = Path(__file__).resolve().parents[1]
NEARER_HOME = env.home()
NEARER_DEMO = env.flag("NEARER_DEMO")
DEBUG = env.flag("NEARER_DEBUG")

# The key ring is a file outside the database and its backups; SECRET_KEY is derived from it, so
# that an installation has one secret to keep.
NEARER_KEY_FILE = Path(env.text("NEARER_KEY_FILE") or NEARER_HOME / "keys.json")
sealing.use(sealing.KeyRing.ensure_file(NEARER_KEY_FILE))
SECRET_KEY = hashlib.sha256(b"django|" + sealing.ring().index).hexdigest()

ALLOWED_HOSTS = env.listing("NEARER_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.listing("NEARER_ORIGINS")
ROOT_URLCONF = "nearer.config.urls"
WSGI_APPLICATION = "nearer.config.wsgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "nearer.design",
    "nearer.safety",
    "nearer.outbox",
    "nearer.audit",
    "nearer.accounts",
    "nearer.directory",
    "nearer.library",
    "nearer.reflection",
    "nearer.support",
    "nearer.scheduling",
    "nearer.matching",
    "nearer.care",
    "nearer.portal",
    "nearer.home",
    "nearer.config",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nearer.accounts.doors.watching.Watch",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": env.database(env.text("DATABASE_URL", "dbname=nearer"))}

# Time is stored in UTC; each page shows it in the zone of the person who reads it.
USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish"))]
LOCALE_PATHS = [PACKAGE / "locale"]
FORMAT_MODULE_PATH = ["nearer.design.formats"]
LANGUAGE_COOKIE_NAME = "__unused"  # the language is in the address, never in a cookie

STATIC_URL = "/static/"
STATIC_ROOT = NEARER_HOME / "static"
# Wagtail's own style sheet names a picture of its room for images, which we do without.
_WAGTAIL = Path(wagtail.__file__).parent
STATICFILES_DIRS = [("wagtailimages/images", _WAGTAIL / "images/static/wagtailimages/images")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # not no-referrer: that nulls Origin and breaks the CSRF check
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
NEARER_HTTPS = env.flag("NEARER_HTTPS")
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = NEARER_HTTPS
CSRF_COOKIE_NAME = "__Host-csrf" if NEARER_HTTPS else "csrf"
CSRF_COOKIE_AGE = None
SECURE_SSL_REDIRECT = NEARER_HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # asked by the machine itself, without a proxy
SECURE_HSTS_SECONDS = 31_536_000 if NEARER_HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if NEARER_HTTPS else None

# Who signs in (therapists and staff; never visitors) gets a session: sealed at rest, gone with the browser. How long
# one may rest and last stands in accounts.rules.
SESSION_ENGINE = "nearer.accounts.doors.sessions"
SESSION_COOKIE_NAME = "__Host-session" if NEARER_HTTPS else "session"
SESSION_COOKIE_SECURE = NEARER_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_start"
# How many proxies of ours stand before the site: limits by network address count the visitor, not the proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("NEARER_PROXIES", 1 if NEARER_HTTPS else 0)
# Limits on tries are counted in the database, so that they hold for every process together.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}

ACCOUNT_ADAPTER = "nearer.accounts.doors.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # a code that comes back is the proof
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"request_login_code": "20/m/ip,3/m/key,20/h/key"}
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_FORMS = {
    "request_login_code": "nearer.accounts.forms.EmailForm",
    "confirm_login_code": "nearer.accounts.forms.EmailedCodeForm",
}
MFA_ADAPTER = "nearer.accounts.doors.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 20  # 66 bits; the library's eight digits have 27
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody is signed in whose address has not just been proven
MFA_TOTP_ISSUER = "Nearer"
MFA_FORMS = {
    "authenticate": "nearer.accounts.forms.SecondFactorForm",
    "reauthenticate": "nearer.accounts.forms.AgainForm",
    "activate_totp": "nearer.accounts.forms.AuthenticatorForm",
    "add_webauthn": "nearer.accounts.forms.PasskeyForm",
}

# Where people write about their data or a page that fails them; shown on the pages about both.
NEARER_CONTACT = env.text("NEARER_CONTACT")
# What holds when someone cancels, comes late or misses; empty: the policy that comes with Nearer.
NEARER_POLICY = env.text("NEARER_POLICY")
DEFAULT_FROM_EMAIL = env.text("NEARER_MAIL_FROM", "appointments@localhost")
EMAIL_HOST = env.text("NEARER_MAIL_HOST", "localhost")
EMAIL_PORT = env.number("NEARER_MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("NEARER_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("NEARER_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("NEARER_MAIL_TLS")
EMAIL_USE_SSL = env.flag("NEARER_MAIL_SSL")
EMAIL_TIMEOUT = 20
# Whom to trust that the mail server is who it says; by default whom this machine trusts.
NEARER_MAIL_AUTHORITY = env.text("NEARER_MAIL_AUTHORITY")
# Where links in messages lead that no page asked for, such as reminders.
NEARER_SITE = env.text("NEARER_SITE") or f"{'https' if NEARER_HTTPS else 'http'}://{ALLOWED_HOSTS[0]}"
# How many hours before a session a reminder goes out.
NEARER_REMINDERS = env.numbers("NEARER_REMINDERS", "48,24,1")
# The waiting list: for how many hours an opening is held for whoever it is offered to, how many days one waits.
NEARER_OFFER_HOURS = env.number("NEARER_OFFER_HOURS", 4)
NEARER_WAITING_DAYS = env.number("NEARER_WAITING_DAYS", 30)
# In a demonstration nothing leaves the machine: messages are read at /demo/outbox.
EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend" if NEARER_DEMO else "django.core.mail.backends.smtp.EmailBackend"
)

# The library's editor. Wagtail serves no page to visitors, takes no file, asks nobody elsewhere, and publishes nothing
# that was not signed: see docs/decisions/0090.
WAGTAIL_SITE_NAME = "Nearer"
WAGTAILADMIN_BASE_URL = ""
WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAIL_FINISH_WORKFLOW_ACTION = "nearer.library.doors.finishing.publish_when_signed"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False
WAGTAIL_AUTOSAVE_INTERVAL = 0  # a version is what somebody meant to keep: each one is a line in the ledger
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAILADMIN_NOTIFICATION_USE_HTML = False
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

FORM_RENDERER = "nearer.design.forms.Renderer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "nearer.config.logs.WithoutRows", "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "filters": {"private": {"()": "nearer.config.logs.WithoutAddresses"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["private"]}},
    "root": {"handlers": ["terminal"], "level": env.text("NEARER_LOG", "INFO")},
    # They greet every process, or name each thing done.
    "loggers": {name: {"level": "WARNING"} for name in ("procrastinate", "wagtail", "django_tasks", "fido2")},
}
