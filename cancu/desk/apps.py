from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "cancu.desk"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Bàn làm việc"

    def ready(self) -> None:
        from .search_index import watch_tables

        watch_tables()
