"""Settings from the environment, every one named ``SECONDMENTS_*``. docs/operations.md lists them."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data is, where the service listens, how it sends e-mail, and whether this is a demonstration."""

    model_config = SettingsConfigDict(env_prefix="SECONDMENTS_")

    data: Path = Path("data")
    database_url: str = ""
    equality_database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8501
    demo: bool = False
    secure_cookies: bool = False
    address: str = ""
    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    smtp_from: str = ""
    notify_key: SecretStr = SecretStr("")
    notify_template: str = ""

    @field_validator("data")
    @classmethod
    def from_here(cls, data: Path) -> Path:
        """Keep the folder where it was when the process started, wherever the process goes."""
        return data.resolve()

    @property
    def url(self) -> str:
        """The database address: what was set, or SQLite in the data folder."""
        return self.database_url or f"sqlite:///{self.data / 'secondments.db'}"

    @property
    def equality_url(self) -> str:
        """The address of the equality database: what was set, or a SQLite file of its own in the data folder."""
        return self.equality_database_url or f"sqlite:///{self.data / 'equality.db'}"


@cache
def settings() -> Settings:
    """The process's settings, read once."""
    return Settings()
