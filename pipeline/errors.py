"""What can go wrong outside our own code, named so that a person knows what to do."""

from __future__ import annotations

from schemas.result import Category, Failure, Job, Stage


class ReadError(Exception):
    """A file, or one page of it, cannot be read.

    stage, category: see schemas.result. message: what is wrong and what to do. page: from 1, None for the whole file.
    """

    def __init__(self, stage: Stage, category: Category, message: str, page: int | None = None) -> None:
        super().__init__(message)
        self.stage: Stage = stage
        self.category: Category = category
        self.message = message
        self.page = page

    def __reduce__(self) -> tuple[type[ReadError], tuple[Stage, Category, str, int | None]]:
        return (type(self), (self.stage, self.category, self.message, self.page))

    def failure(self, job: Job) -> Failure:
        """The row that tells of this error."""
        return Failure(str(job.path), job.sha256, self.stage, self.category, self.page, self.message)


class ComponentMissing(Exception):
    """A program or a language file that the reading needs is not on this machine.

    component: its name. command: what installs it. The command line ends with exit code 2 on it.
    """

    def __init__(self, component: str, command: str) -> None:
        super().__init__(f"{component} is missing. Install it with: {command}")
        self.component = component
        self.command = command

    def __reduce__(self) -> tuple[type[ComponentMissing], tuple[str, str]]:
        return (type(self), (self.component, self.command))
