# Sort the files of downloads/ by kind.
ls downloads
