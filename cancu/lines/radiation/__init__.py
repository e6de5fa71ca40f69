"""An toàn bức xạ: facilities, devices, sources, licences, radiation workers and response plans."""
