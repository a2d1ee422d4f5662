bash setup.sh
cd garden

git status --short
