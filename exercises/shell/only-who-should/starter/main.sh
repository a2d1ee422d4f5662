bash setup.sh

ls -lR shared
