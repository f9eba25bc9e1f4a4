"""Files and words become reports: readers, extraction, normalising, places, same-incident proposals."""
