"""Settings from the environment, every one named ``SECONDMENTS_*``. docs/operations.md lists them."""

from functools import cache
from pathlib import Path

from pydantic import field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where the data is, where the service listens, and whether this is a demonstration."""

    model_config = SettingsConfigDict(env_prefix="SECONDMENTS_")

    data: Path = Path("data")
    database_url: str = ""
    equality_database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8501
    demo: bool = False
    secure_cookies: bool = False

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
