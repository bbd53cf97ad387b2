"""Speed and memory against rivals: `pytest tests/benchmarks --benchmark-enable -n 0 -s`."""
