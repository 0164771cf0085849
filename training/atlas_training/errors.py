"""The one kind of error that is meant for the person at the terminal."""


class TrainingError(Exception):
    """Something outside the code is wrong (a path, a file, a name); its message says what and what to do."""
