bash setup.sh

chmod -R u=rwX,go=rX shared
find shared -type f -exec chmod a-x {} +
find shared -type f -name '*.sh' -exec chmod a+x {} +
find shared/letters -type f -exec chmod a-x {} +
chmod -R go= shared/letters
