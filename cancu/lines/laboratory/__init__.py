"""Kiểm định, hiệu chuẩn, thử nghiệm: requests, instruments, verifications and calibrations, samples, tests, results."""
