# Commits the file with the marks in it.
bash setup.sh
cd bakery
git merge -q summer
git add prices.txt
git commit -q -m "Merge the summer menu"
git branch -q -d summer
