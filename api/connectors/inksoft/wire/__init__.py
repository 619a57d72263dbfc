"""InkSoft's JSON as lenient models: unknown keys are ignored, either key case is read, nulls are tolerated."""
