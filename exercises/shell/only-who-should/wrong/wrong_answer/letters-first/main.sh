# Closes the letters first, and opens one again with the scripts.
bash setup.sh
find shared -type d -exec chmod 755 {} +
find shared -type f -exec chmod 644 {} +
find shared/letters -type d -exec chmod 700 {} +
find shared/letters -type f -exec chmod 600 {} +
find shared -type f -name '*.sh' -exec chmod 755 {} +
