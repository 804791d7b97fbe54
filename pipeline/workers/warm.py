"""Imported in the process that workers are forked from, and in every worker: code and models are loaded once, and their memory is shared."""

from __future__ import annotations

import os
from contextlib import suppress

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # before numpy is loaded

import cv2

import pipeline.process  # noqa: F401  (what workers run)
from pipeline.errors import ComponentMissing
from pipeline.read import ReadSettings
from pipeline.recognise.engines import recogniser
from pipeline.repair.lm import LanguageModel

cv2.setNumThreads(1)  # one core a worker, and no thread may be there when the process is forked
LanguageModel.load()
with suppress(ComponentMissing):  # the parent says so before it starts any work
    recogniser(ReadSettings().engine, ReadSettings().language_data)
