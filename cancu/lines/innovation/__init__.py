"""Đổi mới sáng tạo, khởi nghiệp: events, contests with their entries, start-ups supported, PII values with evidence."""
