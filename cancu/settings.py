"""Settings: what a machine differs in comes from the environment; what an agency differs in is data."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

import pghistory
from django.core.exceptions import ImproperlyConfigured

from cancu import logs, postgres

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("CANCU_VAR", ROOT / "var"))


def flag(name: str, default: bool = False) -> bool:
    """A yes/no variable: 1, true, yes, có."""
    return os.environ.get(name, "1" if default else "").lower() in ("1", "true", "yes", "có")


def pairs(name: str) -> dict[str, str]:
    """A variable like ``H50=…,H50.14=…``: one value for each agency."""
    return dict(one.strip().split("=", 1) for one in os.environ.get(name, "").split(",") if "=" in one)


def secret_key() -> str:
    """``CANCU_SECRET_KEY``; without it (a demo) a key made once and kept in ``var/``, readable by its owner only."""
    given = os.environ.get("CANCU_SECRET_KEY")
    if given:
        return given
    path = VAR / "secret-key"
    if not path.exists():
        VAR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


def house_apps() -> list[str]:
    """The folders of the house that hold tables or pages, lines included: adding a folder is enough."""
    own = ("core", "documents", "programme", "dossiers", "reports", "desk", "portal")
    here = Path(__file__).resolve().parent
    lines = sorted(p.parent.name for p in here.glob("lines/*/line.py"))
    return [f"cancu.{name}" for name in own if (here / name / "__init__.py").exists()] + [
        f"cancu.lines.{name}" for name in lines
    ]


def identity_provider() -> dict[str, dict[str, list[dict[str, object]]]]:
    """The province's OpenID Connect provider as allauth asks for it; none without ``CANCU_OIDC_URL``. Only over HTTPS: the
    identity that it tells is trusted because the line is (except on this machine)."""
    url = os.environ.get("CANCU_OIDC_URL", "")
    if not url:
        return {}
    if not url.startswith(("https://", "http://127.0.0.1:", "http://localhost:")):
        raise ImproperlyConfigured("CANCU_OIDC_URL phải bắt đầu bằng https://")
    if not (os.environ.get("CANCU_OIDC_ID") and os.environ.get("CANCU_OIDC_SECRET")):
        raise ImproperlyConfigured("Có CANCU_OIDC_URL thì phải có CANCU_OIDC_ID và CANCU_OIDC_SECRET")
    app = {
        "provider_id": "tinh",
        "name": os.environ.get("CANCU_OIDC_NAME", "tài khoản của tỉnh"),
        "client_id": os.environ["CANCU_OIDC_ID"],
        "secret": os.environ["CANCU_OIDC_SECRET"],
        "settings": {"server_url": url, "oauth_pkce_enabled": True},
    }
    return {"openid_connect": {"APPS": [app]}}


def identity_origin() -> list[str]:
    """Where the button of the provider leads: the browser asks the page's policy about that too."""
    url = urlsplit(os.environ.get("CANCU_OIDC_URL", ""))
    return [f"{url.scheme}://{url.netloc}"] if url.netloc else []


SECRET_KEY = secret_key()
DEBUG = flag("CANCU_DEBUG")
ALLOWED_HOSTS = os.environ.get("CANCU_HOSTS", "localhost,127.0.0.1,testserver").split(",")
CANCU_URL = os.environ.get("CANCU_URL", "http://127.0.0.1:8000")

METRICS_TOKEN = os.environ.get("CANCU_METRICS_TOKEN", "")  # without one /metrics is hidden

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "procrastinate.contrib.django",
    *house_apps(),
]
MIDDLEWARE = [
    "cancu.logs.RequestLog",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "cancu.desk.sign_in.SecondStepMiddleware",
    "axes.middleware.AxesMiddleware",
]
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_ENABLE_ACCESS_FAILURE_LOG = True  # the audit shows sign-ins that failed
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "cancu.desk.sign_in.machine_of"
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("CANCU_PROXIES", "0"))
AXES_LOCKOUT_TEMPLATE = "desk/locked.html"
AXES_SENSITIVE_PARAMETERS = ["code", "csrfmiddlewaretoken"]

# Sign-in is allauth's: the password, then the code of whoever turned it on; or the province's provider, for people we know.
ACCOUNT_ADAPTER = "cancu.desk.sign_in.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if flag("CANCU_HTTPS") else "http"
# Wrong passwords and codes are counted by axes, by name and machine. Codes of one person also over all machines; never
# by machine alone, for a whole department sits behind one.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "10/15m/key", "reauthenticate": "10/15m/user"}
MFA_ADAPTER = "cancu.desk.sign_in.Codes"
MFA_FORMS = {"authenticate": "cancu.desk.sign_in.CodeForm"}
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Căn Cứ"
TOTP_ROLES = os.environ.get("CANCU_TOTP_ROLES", "").replace(",", " ").split()  # who must have a second step: roles
SOCIALACCOUNT_ADAPTER = "cancu.desk.sign_in.Province"
SOCIALACCOUNT_PROVIDERS = identity_provider()
OIDC_MATCH = os.environ.get("CANCU_OIDC_MATCH", "email")  # or “username”, where both houses give the same names

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "cancu.desk.navigation.navigation",
            ]
        },
    }
]
ROOT_URLCONF = "cancu.urls"
WSGI_APPLICATION = "cancu.wsgi.application"

DATABASES = {"default": {**postgres.settings(), "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}}
# Codes already used, attempts at codes: on disk, so that all processes of this machine know.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR / "cache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "core.User"
# Triggers are put in place after every migrate, not by migrations: one that names a trigger redraws every model.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True
# History is asked by its row (``pgh_obj``) and its act (``pgh_context``), never by what the row then pointed to.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)
PGHISTORY_CONTEXT_FIELD = pghistory.ContextForeignKey(db_index=True)

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""  # the house finds its own ``jobs.py`` (core/line.py)

LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/dang-nhap/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "vi"
USE_I18N = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
DATE_FORMAT = "d/m/Y"

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = True

# Letters go through the agency's own server; without one they are kept as files, so that nothing is lost unseen.
EMAIL_HOST = os.environ.get("CANCU_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("CANCU_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("CANCU_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("CANCU_MAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("CANCU_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
DEFAULT_FROM_EMAIL = os.environ.get("CANCU_MAIL_FROM", "cancu@localhost")

# Exchange of documents between agencies, and whose signatures are trusted.
ORGAN_ID = os.environ.get("CANCU_ORGAN_ID", "")  # mã định danh của Sở, ví dụ H50.13
EXCHANGE = Path(os.environ.get("CANCU_EXCHANGE", VAR / "exchange"))
# Agencies that exchange over HTTP: the secret shared with each, and where to send; the others go over the folder.
PEER_TOKENS = pairs("CANCU_PEER_TOKENS")
PEER_ADDRESSES = pairs("CANCU_PEER_ADDRESSES")
EXCHANGE_CLERK = os.environ.get("CANCU_EXCHANGE_CLERK", "vanthu")  # văn thư in whose book lies what comes over HTTP
TRUST_ROOTS = Path(os.environ.get("CANCU_ROOTS", VAR / "roots"))

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'", *identity_origin()],
        "base-uri": ["'none'"],
    }
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = flag("CANCU_HTTPS")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
DATA_UPLOAD_MAX_NUMBER_FILES = 500  # a morning's arrivals, dropped at once
LOGGING = logs.settings()
