from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "cancu.core"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Nền"

    def ready(self) -> None:
        from .line import discover
        from .tables import prepare_migrate

        prepare_migrate()
        discover()
